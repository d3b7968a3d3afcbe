import { TriangleAlert } from 'lucide-react'
import { isEnded } from '#domain/lifecycle.ts'
import type { RiderState } from './rider-state.ts'

/** What the rider has to know and cannot see on the map. */
export function RideTroubles({ state, durable }: { state: RiderState; durable: boolean }) {
  const words = troubles(state, durable)
  return (
    <div role="status" data-testid="rider-notice" className="grid gap-2 empty:hidden">
      {words.map((line) => (
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

function troubles({ status, refused, trouble, waiting }: RiderState, durable: boolean): string[] {
  const lines: string[] = []
  if (refused && refused.code !== 'delivery_ended')
    lines.push(`No more positions are sent: ${refused.detail}`)
  if (refused?.code === 'delivery_ended') lines.push('This delivery has ended. Nothing more is sent.')
  else if (isEnded(status)) lines.push('This delivery has ended. Your location is no longer shared.')
  if (refused && waiting.count > 0)
    lines.push(
      refused.code === 'unauthenticated' && durable
        ? `Kept on this device: ${waiting.count}. They are sent once a new link is opened here.`
        : `Not sent any more: ${waiting.count}.`,
    )
  if (trouble) lines.push(trouble)
  if (!durable)
    lines.push('This browser keeps no data: positions that wait are lost when the page is closed.')
  return lines
}
