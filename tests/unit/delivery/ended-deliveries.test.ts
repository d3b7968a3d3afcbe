import { expect, it } from 'vitest'
import type { Location } from '#contracts/location.ts'
import type { StatusEvent } from '#contracts/topics.ts'
import { FIRST_LINKS } from '#domain/links.ts'
import { NO_DEVICE } from '#domain/riding-device.ts'
import type { DeliveryRecord } from '#server/db/deliveries.ts'
import { LiveDeliveries } from '#server/delivery/live-deliveries.ts'

const END_MS = 1_000
const delivered = (deliveryId: string) =>
  ({ deliveryId, status: 'delivered', atMs: END_MS, visibleFromSeq: 1 }) as StatusEvent

/** `looked`: the deliveries that were asked for in the database, in turn. */
function createLive({ statusAtMs = 0 } = {}) {
  const looked: string[] = []
  const live = new LiveDeliveries(async (id) => {
    looked.push(id)
    const delivery = { id, status: 'accepted', statusAtMs, route: [] as [number, number][] }
    const record = {
      delivery,
      links: FIRST_LINKS,
      riding: NO_DEVICE,
      endedAtMs: null,
      plan: { number: 0, fromSeq: null },
    }
    return { record: record as unknown as DeliveryRecord, newest: [] }
  })
  return { live, looked }
}

it('[MEM3] a thousand deliveries that have ended are remembered; another one is looked up when somebody asks', async () => {
  const { live, looked } = createLive()
  await live.get('underway')
  const ended = Array.from({ length: 1_010 }, (_, index) => `ended-${index}`)
  for (const id of ended) {
    await live.get(id)
    live.noteStatus(delivered(id))
  }
  looked.length = 0
  for (const id of ['underway', ...ended.slice(10)])
    expect((await live.get(id)).record.delivery.status).toBe(id === 'underway' ? 'accepted' : 'delivered')
  expect(looked).toEqual([])
  await live.get('ended-9')
  expect(looked).toEqual(['ended-9'])
})

const at = (deliveryId: string, receivedAtMs: number) =>
  ({ deliveryId, seq: 1, lat: 37.5, lng: 127, recordedAtMs: receivedAtMs, receivedAtMs }) as Location

it('[KEEP6] what has been silent for long is forgotten, and looked up again should somebody ask', async () => {
  const { live, looked } = createLive({ statusAtMs: 500 })
  for (const id of ['silent', 'ended', 'moves']) await live.get(id)
  live.noteStatus(delivered('ended'))
  live.noteLocation(at('moves', 2_000))
  live.noteLocation(at('never asked for', 400))
  live.forgetSilentSince(1_001)
  looked.length = 0
  const { recent } = await live.get('never asked for')
  for (const id of ['silent', 'ended', 'moves']) await live.get(id)
  expect(looked).toEqual(['never asked for', 'silent', 'ended'])
  expect(recent.last).toBeNull()
})

it('[ERASE5] of an erased delivery nothing is remembered, whatever comes of it later or was under way', async () => {
  const { live, looked } = createLive()
  const closed: string[] = []
  live.onErased(({ deliveryId }) => closed.push(deliveryId))
  await live.get('there')
  const loading = live.get('under way')
  for (const id of ['there', 'under way', 'never asked for'])
    live.noteErased({ v: 1, deliveryId: id, atMs: 1 })
  expect(closed).toEqual(['there', 'under way', 'never asked for'])
  await expect(loading).rejects.toMatchObject({ code: 'not_found' })
  looked.length = 0
  for (const id of closed) {
    live.noteLocation(at(id, 2_000))
    live.noteStatus(delivered(id))
    await expect(live.get(id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(live.reload(id)).rejects.toMatchObject({ code: 'not_found' })
  }
  expect(looked).toEqual([])
})
