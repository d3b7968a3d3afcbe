import { beforeEach, expect, it } from 'vitest'
import type { LinkReplacedEvent } from '#contracts/topics.ts'
import type { Claims } from '#domain/access.ts'
import { NO_DEVICE } from '#domain/riding-device.ts'
import type { DeliveryRecord } from '#server/db/deliveries.ts'
import { LiveDeliveries, type LiveDelivery } from '#server/delivery/live-deliveries.ts'
import { createOpenDelivery } from '#server/delivery/open-delivery.ts'

type Found = { record: DeliveryRecord; newest: never[] }

let loads: ((found: Found) => void)[]
let live: LiveDeliveries
let heard: LinkReplacedEvent[]
let open: (claims: Claims) => Promise<LiveDelivery>

beforeEach(() => {
  loads = []
  heard = []
  live = new LiveDeliveries(() => new Promise((resolve) => loads.push(resolve)))
  live.onLink((event) => heard.push(event))
  const openDelivery = createOpenDelivery({ live, now: () => 0 })
  open = async (claims) => await openDelivery(claims)
})

const stored = (links: DeliveryRecord['links']) => ({
  record: { links, riding: NO_DEVICE } as DeliveryRecord,
  newest: [],
})
const held = (version: number): Claims => ({ deliveryId: 'd1', role: 'customer', version, expiresAtMs: 0 })
const event = (version: number): LinkReplacedEvent => ({
  v: 1,
  deliveryId: 'd1',
  role: 'customer',
  version,
  atMs: 0,
})

it('[LINK14] who is looked at again and again costs the one look-up that the delivery costs anyway', async () => {
  const first = Promise.all([live.get('d1'), open(held(1))])
  loads[0]?.(stored({ rider: 1, customer: 1 }))
  await first
  for (let post = 0; post < 100; post += 1) await open(held(1))
  live.noteLink(event(2))
  await expect(open(held(1))).rejects.toMatchObject({ code: 'unauthenticated' })
  expect(loads).toHaveLength(1)
})

it('[LINK14] what is heard while the database answers is not forgotten', async () => {
  const refused = expect(open(held(1))).rejects.toThrow('The link has been replaced.')
  live.noteLink(event(2))
  loads[0]?.(stored({ rider: 1, customer: 1 }))
  await refused
})

it('[LINK14] each replacement is told once, also when the database knew of it before', async () => {
  const known = live.get('d1')
  loads[0]?.(stored({ rider: 1, customer: 3 }))
  await known
  for (const version of [2, 3, 3, 2]) live.noteLink(event(version))
  expect(heard.map(({ version }) => version)).toEqual([2, 3])
  await expect(open(held(2))).rejects.toThrow()
  await open(held(3))
})

it('[LINK14] a newer link that is used is news of its own, before the log brings it', async () => {
  const known = live.get('d1')
  loads[0]?.(stored({ rider: 1, customer: 1 }))
  await known
  await open(held(2))
  expect(heard.map(({ version }) => version)).toEqual([2])
  await expect(open(held(1))).rejects.toThrow()
  live.noteLink(event(2))
  expect(heard).toHaveLength(1)
})
