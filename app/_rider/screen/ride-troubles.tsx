import { MapPinOff, TriangleAlert } from 'lucide-react'
import { problemWords } from '#app/_words/problem-words.ts'
import type { Say } from '#app/_words/speak.ts'
import { useSay } from '#app/_words/use-language.tsx'
import { isEnded } from '#domain/lifecycle.ts'
import type { RiderState } from '../ride/rider-state.ts'
import { positions, storageWords } from './storage-words.ts'
import { TROUBLE_WORDS as WORDS } from './words.ts'

/** What the map does not show: that it is over, and troubles. */
export function RideTroubles({ state }: { state: RiderState }) {
  const say = useSay()
  return (
    <div role="status" data-testid="rider-notice" className="grid gap-2 empty:hidden">
      {(isEnded(state.status) || state.refused?.code === 'delivery_ended') && (
        <p className="flex items-start gap-2.5 rounded-2xl bg-sunken px-3.5 py-3 text-sm font-medium">
          <MapPinOff className="mt-0.5 size-4 shrink-0 text-muted" aria-hidden="true" />
          <span>{say(state.refused?.code === 'delivery_ended' ? WORDS.endedNothing : WORDS.ended)}</span>
        </p>
      )}
      {troubles(state, say).map((line) => (
        <p
          key={line}
          className="flex items-start gap-2.5 rounded-2xl bg-warn-soft px-3.5 py-3 text-sm font-medium text-warn-soft-ink"
        >
          <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
          <span>{line}</span>
        </p>
      ))}
    </div>
  )
}

function troubles(state: RiderState, say: Say): string[] {
  const { refused, otherDevice, trouble, waiting, storage, unsendable } = state
  const lines: string[] = []
  if (refused && refused.code !== 'delivery_ended')
    lines.push(say(WORDS.noMore, { why: say(problemWords(refused)) }))
  if (refused && waiting.count > 0)
    lines.push(
      refused.code === 'unauthenticated' && !storage.trouble
        ? say(WORDS.kept, { n: waiting.count })
        : say(WORDS.notSent, { n: waiting.count }),
    )
  if (otherDevice)
    lines.push(
      waiting.count > 0
        ? say(WORDS.otherDeviceWaits, { positions: positions(waiting.count, say) })
        : say(WORDS.otherDevice),
    )
  if (trouble) lines.push(say(trouble))
  lines.push(...storageWords(storage, say))
  if (unsendable > 0) lines.push(say(WORDS.unsendable, { positions: positions(unsendable, say) }))
  return lines
}
