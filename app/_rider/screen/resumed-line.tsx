import { RotateCw } from 'lucide-react'
import type { RiderState } from '../ride/rider-state.ts'

/** Shown for a moment after a reload: no rider should share a position unknowingly. */
export function ResumedLine({ state: { resumed, sharing, riding, source } }: { state: RiderState }) {
  return (
    <div role="status" data-testid="resumed" className="empty:hidden">
      {resumed && sharing && (
        <p className="flex items-start gap-2.5 rounded-2xl bg-info-soft px-3.5 py-3 text-sm font-medium text-info-soft-ink">
          <RotateCw className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
          <span className="text-pretty">{wordsFor(source, riding)}</span>
        </p>
      )}
    </div>
  )
}

function wordsFor(source: RiderState['source'], riding: boolean): string {
  // DeviceLine beside it tells whether the device gives its position.
  if (source === 'device') return 'The page was reloaded. It goes on as it was left.'
  return riding
    ? 'The page was reloaded. Your ride goes on, and your location is shared.'
    : 'The page was reloaded. Your location is shared again, as before.'
}
