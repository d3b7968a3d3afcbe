import { WifiOff } from 'lucide-react'
import { positionAgeMs } from './rider-freshness.ts'
import type { TrackingState } from './tracking-state.ts'
import { connectionWords } from './words.ts'

/** One's own connection, said only when it is not fine. The element stays, so that a screen reader hears the change. */
export function ConnectionLine({ state }: { state: TrackingState }) {
  const words = connectionWords(state.connection, positionAgeMs(state))
  return (
    <div role="status" data-testid="connection">
      {words && (
        <p className="mb-4 flex items-start gap-2.5 rounded-2xl bg-info-soft px-3.5 py-3 text-sm font-medium text-info-soft-ink">
          <WifiOff className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
          {words}
        </p>
      )}
    </div>
  )
}
