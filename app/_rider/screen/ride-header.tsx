import { ArrowRight } from 'lucide-react'
import { LanguageSwitch } from '#app/_ui/language-switch.tsx'
import { Logo } from '#app/_ui/logo.tsx'
import { Pill } from '#app/_ui/pill.tsx'
import { STATUS_LOOKS } from '#app/_ui/status-looks.ts'
import { shortName } from '#app/_words/place-name.ts'
import { useLanguage } from '#app/_words/use-language.tsx'
import type { Delivery, DeliveryStatus } from '#contracts/delivery.ts'
import { WORDS } from './words.ts'

type Props = { delivery: Delivery; status: DeliveryStatus; endReason: string | null }

export function RideHeader({ delivery, status, endReason }: Props) {
  const { say, language } = useLanguage()
  const { tone, label } = STATUS_LOOKS[status]
  const name = shortName(delivery.rider.name, language)
  return (
    <header>
      <div className="flex items-center justify-between gap-3">
        <Logo />
        <div className="flex items-center gap-1">
          <LanguageSwitch />
          <span role="status">
            <Pill tone={tone} dot testId="rider-status">
              {say(label)}
            </Pill>
          </span>
        </div>
      </div>
      <h1 className="mt-4 text-[22px] leading-tight font-bold tracking-tight">
        {name === '' ? say(WORDS.yourRide) : say(WORDS.rideOf, { name })}
      </h1>
      <p className="mt-1 text-[15px] text-muted">
        <span>{shortName(delivery.store.name, language)}</span>
        <ArrowRight className="mx-1.5 inline size-4" aria-label={say(WORDS.to)} />
        <span>{shortName(delivery.destination.name, language)}</span>
      </p>
      {endReason !== null && (
        <p className="mt-3 rounded-2xl bg-sunken px-3.5 py-3 text-[15px]">
          <span className="mr-1 font-semibold">{`${say(label)}:`}</span>
          <span data-testid="end-reason">{endReason}</span>
        </p>
      )}
    </header>
  )
}
