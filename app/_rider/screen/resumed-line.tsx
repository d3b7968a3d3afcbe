import { RotateCw } from 'lucide-react'
import type { Text } from '#app/_words/language.ts'
import { useSay } from '#app/_words/use-language.tsx'
import type { RiderState } from '../ride/rider-state.ts'
import { WORDS } from './words.ts'

/** Shown for a moment after a reload: no rider should share a position unknowingly. */
export function ResumedLine({ state: { resumed, sharing, riding, source } }: { state: RiderState }) {
  const say = useSay()
  return (
    <div role="status" data-testid="resumed" className="empty:hidden">
      {resumed && sharing && (
        <p className="flex items-start gap-2.5 rounded-2xl bg-info-soft px-3.5 py-3 text-sm font-medium text-info-soft-ink">
          <RotateCw className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
          <span className="text-pretty">{say(wordsFor(source, riding))}</span>
        </p>
      )}
    </div>
  )
}

function wordsFor(source: RiderState['source'], riding: boolean): Text {
  // DeviceLine beside it tells whether the device gives its position.
  if (source === 'device') return WORDS.reloadedDevice
  return riding ? WORDS.reloadedRiding : WORDS.reloadedStanding
}
