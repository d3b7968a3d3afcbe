import { pino } from 'pino'
import { expect, it } from 'vitest'
import { startRelay } from '../../../server/delivery/relay.ts'
import { atEnd } from '../../support/at-end.ts'

type Event = { deliveryId: string; status: string }

/** An outbox that holds these events, and a log that takes them as `take` says. */
function relayOf(events: Event[], take: (event: Event) => Promise<void>) {
  let rows = events.map((event, index) => ({ id: BigInt(index), event, requestId: undefined }))
  const removals: bigint[][] = []
  const outbox = {
    pending: async (limit: number) => rows.slice(0, limit),
    async remove(ids: bigint[]) {
      removals.push(ids)
      rows = rows.filter(({ id }) => !ids.includes(id))
    },
  }
  const relay = startRelay<Event>({ outbox, publish: take, logger: pino({ level: 'silent' }) })
  atEnd(() => relay.stop())
  return { relay, removals, left: () => rows.map(({ event }) => event) }
}

const said = ({ deliveryId, status }: Event) => `${deliveryId} ${status}`

it('[DB27] events of several deliveries are published together, those of one in turn, and leave in one statement', async () => {
  const begun: string[] = []
  const waiting: (() => void)[] = []
  const events = [
    { deliveryId: 'a', status: 'accepted' },
    { deliveryId: 'b', status: 'accepted' },
    { deliveryId: 'a', status: 'picked_up' },
  ]
  const { relay, removals, left } = relayOf(events, (event) => {
    begun.push(said(event))
    return new Promise((resolve) => waiting.push(resolve))
  })
  const flushed = relay.flush()
  await expect.poll(() => begun).toEqual(['a accepted', 'b accepted'])
  for (const taken of waiting.splice(0)) taken()
  await expect.poll(() => begun).toEqual(['a accepted', 'b accepted', 'a picked_up'])
  for (const taken of waiting.splice(0)) taken()
  await flushed
  expect(left()).toEqual([])
  expect(removals).toHaveLength(1)
})

it('[DB27] an event that the log does not take stays, with what follows it; others do not wait for it', async () => {
  const events = ['accepted', 'picked_up'].flatMap((status) =>
    ['a', 'b'].map((deliveryId) => ({ deliveryId, status })),
  )
  let refuses = true
  const published: string[] = []
  const { relay, left } = relayOf(events, async (event) => {
    if (refuses && event.deliveryId === 'a') throw new Error('not now')
    published.push(said(event))
  })
  await relay.flush()
  expect(published).toEqual(['b accepted', 'b picked_up'])
  expect(left().map(said)).toEqual(['a accepted', 'a picked_up'])
  refuses = false
  await relay.flush()
  expect(published.slice(2)).toEqual(['a accepted', 'a picked_up'])
  expect(left()).toEqual([])
})
