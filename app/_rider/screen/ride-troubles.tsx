import { TriangleAlert } from 'lucide-react'
import { isEnded } from '#domain/lifecycle.ts'
import type { RiderState } from '../ride/rider-state.ts'
import { positions, storageWords } from './storage-words.ts'

/** Troubles that the map does not show. */
export function RideTroubles({ state }: { state: RiderState }) {
  return (
    <div role="status" data-testid="rider-notice" className="grid gap-2 empty:hidden">
      {troubles(state).map((line) => (
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

function troubles(state: RiderState): string[] {
  const { status, refused, otherDevice, trouble, waiting, storage, unsendable } = state
  const lines: string[] = []
  if (refused && refused.code !== 'delivery_ended')
    lines.push(`No more positions are sent: ${refused.detail}`)
  if (refused?.code === 'delivery_ended') lines.push('This delivery has ended. Nothing more is sent.')
  else if (isEnded(status)) lines.push('This delivery has ended. Your location is no longer shared.')
  if (refused && waiting.count > 0)
    lines.push(
      refused.code === 'unauthenticated' && !storage.trouble
        ? `Kept on this device: ${waiting.count}. They are sent once a new link is opened here.`
        : `Not sent any more: ${waiting.count}.`,
    )
  if (otherDevice)
    lines.push(
      waiting.count > 0
        ? `Another device rides this delivery now. ${positions(waiting.count)} of this one will be sent if you ride with it again.`
        : 'Another device rides this delivery now. This one sends nothing.',
    )
  if (trouble) lines.push(trouble)
  lines.push(...storageWords(storage))
  if (unsendable > 0) lines.push(`The server could not take ${positions(unsendable)}. The ride goes on.`)
  return lines
}
