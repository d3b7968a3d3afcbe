import { ArrowRight } from 'lucide-react'
import { Logo } from '#app/_ui/logo.tsx'
import { Pill } from '#app/_ui/pill.tsx'
import { STATUS_LOOKS } from '#app/_ui/status-looks.ts'
import type { Delivery, DeliveryStatus } from '#contracts/delivery.ts'

type Props = { delivery: Delivery; status: DeliveryStatus; endReason: string | null }

export function RideHeader({ delivery, status, endReason }: Props) {
  const { tone, label } = STATUS_LOOKS[status]
  return (
    <header>
      <div className="flex items-center justify-between gap-3">
        <Logo />
        <span role="status">
          <Pill tone={tone} dot testId="rider-status">
            {label}
          </Pill>
        </span>
      </div>
      <h1 className="mt-4 text-[22px] leading-tight font-bold tracking-tight">
        {delivery.rider.name === '' ? 'Your ride' : `${delivery.rider.name}’s ride`}
      </h1>
      <p className="mt-1 text-[15px] text-muted">
        <span>{delivery.store.name}</span>
        <ArrowRight className="mx-1.5 inline size-4" aria-label="to" />
        <span>{delivery.destination.name}</span>
      </p>
      {endReason !== null && (
        <p className="mt-3 rounded-2xl bg-sunken px-3.5 py-3 text-[15px]">
          <span className="font-semibold">{`${label}:`}</span>
          <span>&nbsp;</span>
          <span data-testid="end-reason">{endReason}</span>
        </p>
      )}
    </header>
  )
}
