import type { DeliveryStatus } from '#contracts/delivery.ts'

const STEPS = [
  { status: 'accepted', label: 'Accepted' },
  { status: 'picked_up', label: 'Picked up' },
  { status: 'arriving', label: 'Arriving' },
  { status: 'delivered', label: 'Delivered' },
] as const satisfies readonly { status: DeliveryStatus; label: string }[]

/** The four steps of a delivery; those that are behind and the present one are coloured, the present one moves. */
export function Steps({ status }: { status: Exclude<DeliveryStatus, 'cancelled' | 'failed'> }) {
  const present = STEPS.findIndex((step) => step.status === status)
  return (
    <ol aria-label="Progress" data-testid="steps" className="mt-4 grid grid-cols-4 gap-1.5">
      {STEPS.map((step, index) => {
        const isPresent = index === present
        return (
          <li key={step.status} aria-current={isPresent ? 'step' : undefined}>
            <span
              className={`block h-1.5 overflow-hidden rounded-full ${index <= present ? 'bg-accent' : 'bg-line'}`}
            >
              {isPresent && status !== 'delivered' && (
                <span className="block h-full w-1/2 animate-[sweep_1.8s_ease-in-out_infinite] rounded-full bg-surface/60" />
              )}
            </span>
            <span
              className={`mt-1.5 block text-xs ${isPresent ? 'font-semibold text-ink' : 'font-medium text-muted'}`}
            >
              {step.label}
            </span>
          </li>
        )
      })}
    </ol>
  )
}
