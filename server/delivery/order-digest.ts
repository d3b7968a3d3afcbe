import { createHash } from 'node:crypto'
import type { Order } from '#contracts/order.ts'
import type { OrderDigest } from '../db/deliveries.ts'

/**
 * Of each member of a normalised order its digest, by the member's path: enough to tell whether the same was asked for,
 * and what is different, without keeping it twice.
 */
export function digestOrder({ externalId: _externalId, ...order }: Order): OrderDigest {
  return Object.fromEntries(membersOf(order).map(([path, value]) => [path, digest(value)]))
}

/** Returns the path of the first member that is not the same; null when all are. */
export function differingMember(asked: OrderDigest, now: OrderDigest): string | null {
  const paths = [...new Set([...Object.keys(now), ...Object.keys(asked)])]
  return paths.find((path) => asked[path] !== now[path]) ?? null
}

/** A route is one member: which of its points differs is of no use to know. */
function membersOf(value: object, prefix = ''): [path: string, value: unknown][] {
  return Object.entries(value).flatMap(([name, member]): [string, unknown][] => {
    if (member === undefined) return []
    const path = prefix + name
    return typeof member === 'object' && !Array.isArray(member)
      ? membersOf(member, `${path}.`)
      : [[path, member]]
  })
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22)
}
