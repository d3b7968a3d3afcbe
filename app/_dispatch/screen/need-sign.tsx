import type { FleetLook } from '#app/_map/fleet-sprites.ts'
import type { BoardDelivery } from '#contracts/dispatch.ts'
import type { Attention } from '#domain/attention.ts'
import { isEnded } from '#domain/lifecycle.ts'

export function lookOf({ status }: Pick<BoardDelivery, 'status'>, attention: Attention): FleetLook {
  if (attention) return attention.need
  return status === 'accepted' ? 'waiting' : 'riding'
}

/** In the list and the sheet those that have ended have a sign as well. */
export type Sign = FleetLook | 'delivered' | 'undelivered'

export function signOf(delivery: Pick<BoardDelivery, 'status'>, attention: Attention): Sign {
  if (!isEnded(delivery.status)) return lookOf(delivery, attention)
  return delivery.status === 'delivered' ? 'delivered' : 'undelivered'
}

const COLOURS: Record<Sign, string> = {
  delivered: 'var(--accent)',
  undelivered: 'var(--danger)',
  waiting: 'var(--fleet-waiting)',
  riding: 'var(--accent)',
  silent: 'var(--fleet-silent)',
  late: 'var(--fleet-late)',
  off_way: 'var(--fleet-off-way)',
}
const SIGNS: Record<Sign, string> = {
  delivered: 'M-4.4 .4-1.4 3.6 4.6 -3.4',
  undelivered: 'M-3.4 -3.4 3.4 3.4M3.4 -3.4-3.4 3.4',
  waiting: '',
  riding: 'M0 -6 4.6 4.5 0 2 -4.6 4.5Z',
  silent: 'M-2.6 -3.6V3.6M2.6 -3.6V3.6',
  late: 'M0 -5V.8M0 4.6V4.7',
  off_way: 'M-3.6 4.4V0H3.6V-4.4',
}

/** The sign that a delivery has on the map as well: see app/_map/fleet-sprites.ts. */
export function NeedSign({ look, className = 'size-7' }: { look: Sign; className?: string }) {
  const colour = COLOURS[look]
  return (
    <svg viewBox="-13 -13 26 26" className={`shrink-0 ${className}`} aria-hidden="true">
      {look === 'waiting' ? (
        <>
          <circle r="10" fill="var(--surface)" stroke={colour} strokeWidth="3" />
          <circle r="3" fill={colour} />
        </>
      ) : (
        <>
          <circle r="11.5" fill={colour} />
          <path
            d={SIGNS[look]}
            fill={look === 'riding' ? 'var(--surface)' : 'none'}
            stroke={look === 'riding' ? 'none' : 'var(--surface)'}
            strokeWidth="2.4"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </>
      )}
    </svg>
  )
}
