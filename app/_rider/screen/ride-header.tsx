import { LanguageSwitch } from '#app/_ui/language-switch.tsx'
import { Logo } from '#app/_ui/logo.tsx'
import { Pill } from '#app/_ui/pill.tsx'
import { STATUS_LOOKS } from '#app/_ui/status-looks.ts'
import { useSay } from '#app/_words/use-language.tsx'
import type { DeliveryStatus } from '#contracts/delivery.ts'

type Props = { status: DeliveryStatus; endReason: string | null }

export function RideHeader({ status, endReason }: Props) {
  const say = useSay()
  const { tone, label } = STATUS_LOOKS[status]
  return (
    <header>
      <div className="flex flex-wrap items-center justify-between gap-x-3">
        <Logo />
        <div className="flex flex-wrap items-center gap-1">
          <LanguageSwitch />
          <span role="status">
            <Pill tone={tone} dot testId="rider-status">
              {say(label)}
            </Pill>
          </span>
        </div>
      </div>
      {endReason !== null && (
        <p className="mt-3 rounded-2xl bg-sunken px-3.5 py-3 text-body">
          <span className="mr-1 font-semibold">{`${say(label)}:`}</span>
          <span data-testid="end-reason">{endReason}</span>
        </p>
      )}
    </header>
  )
}
