'use client'
import type { Text } from '#app/_words/language.ts'
import { useSay } from '#app/_words/use-language.tsx'
import type { DeliveryStatus } from '#contracts/delivery.ts'
import { STATUS_LOOKS } from './status-looks.ts'

const STEPS = ['accepted', 'picked_up', 'arriving', 'delivered'] as const satisfies readonly DeliveryStatus[]
const PROGRESS: Text = { en: 'Progress', ko: '진행 상황' }

/** The four steps of a delivery; those that are behind and the present one are coloured, the present one moves. */
export function Steps({ status }: { status: Exclude<DeliveryStatus, 'cancelled' | 'failed'> }) {
  const say = useSay()
  const present = STEPS.indexOf(status)
  return (
    <ol aria-label={say(PROGRESS)} data-testid="steps" className="mt-4 grid grid-cols-4 gap-1.5">
      {STEPS.map((step, index) => {
        const isPresent = index === present
        return (
          <li key={step} aria-current={isPresent ? 'step' : undefined}>
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
              {say(STATUS_LOOKS[step].label)}
            </span>
          </li>
        )
      })}
    </ol>
  )
}
