import { expect, it } from 'vitest'
import type { StatusEvent } from '#contracts/topics.ts'
import { FIRST_LINKS } from '#domain/links.ts'
import { NO_DEVICE } from '#domain/riding-device.ts'
import type { DeliveryRecord } from '#server/db/deliveries.ts'
import { LiveDeliveries } from '#server/delivery/live-deliveries.ts'

const END_MS = 1_000
const delivered = (deliveryId: string) =>
  ({ deliveryId, status: 'delivered', atMs: END_MS, visibleFromSeq: 1 }) as StatusEvent

it('[MEM3] a thousand deliveries that have ended are remembered; another one is looked up when somebody asks', async () => {
  const looked: string[] = []
  const live = new LiveDeliveries(async (id) => {
    looked.push(id)
    const delivery = { id, status: 'accepted', statusAtMs: 0, route: [] as [number, number][] }
    const record = { delivery, links: FIRST_LINKS, riding: NO_DEVICE, endedAtMs: null }
    return { record: record as unknown as DeliveryRecord, newest: [] }
  })
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
