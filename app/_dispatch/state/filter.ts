import type { BoardDelivery } from '#contracts/dispatch.ts'
import type { Ranked } from '#domain/attention.ts'
import { isEnded } from '#domain/lifecycle.ts'

/** `needs`: those that need a person, whatever their status. `ended`: those that run no more, which are asked for. */
export const FILTERS = ['all', 'needs', 'accepted', 'picked_up', 'arriving', 'ended'] as const
export type Filter = (typeof FILTERS)[number]

export function passes({ delivery, attention }: Ranked<BoardDelivery>, filter: Filter): boolean {
  if (filter === 'all') return true
  if (filter === 'ended') return isEnded(delivery.status)
  return filter === 'needs' ? attention !== null : delivery.status === filter
}

/** Whether all words of the query are found in what a dispatcher knows a delivery by: its ids, the rider, the places. */
export function matches(delivery: BoardDelivery, query: string): boolean {
  const words = folded(query).split(/\s+/).filter(Boolean)
  if (words.length === 0) return true
  const text = folded(
    [
      delivery.id,
      delivery.externalId ?? '',
      delivery.rider.name,
      delivery.store.name,
      delivery.destination.name,
    ].join('\n'),
  )
  return words.every((word) => text.includes(word))
}

/** Without case and accents; Korean syllables stay whole. */
function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()
}
