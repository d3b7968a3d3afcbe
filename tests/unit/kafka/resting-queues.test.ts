import RequestQueue from 'kafkajs/src/network/requestQueue/index.js'
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { restQueues } from '#server/kafka/resting-queues.ts'

beforeAll(restQueues)
beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const quiet = { debug() {}, warn() {} }
const openQueue = (maxInFlightRequests: number | null = null) =>
  new RequestQueue({ maxInFlightRequests, requestTimeout: 1_000, clientId: 'c', broker: 'b', logger: quiet })

/** Sends the request of this number, and notes it when it goes out. */
function push(queue: RequestQueue, correlationId: number, sent: number[]): void {
  queue.push({
    entry: { correlationId, resolve() {}, reject() {} },
    expectResponse: false,
    sendRequest: () => void sent.push(correlationId),
  })
}

it('[PATH15] once what was asked is answered, no timer is left', () => {
  const queue = openQueue()
  push(queue, 1, [])
  queue.fulfillRequest({ correlationId: 1, payload: Buffer.alloc(0), size: 0 })
  expect(vi.getTimerCount()).toBe(0)
})

it('[PATH15] what the broker has asked to wait goes out when its time is over, and then no timer is left', () => {
  const queue = openQueue()
  const sent: number[] = []
  queue.maybeThrottle(300)
  push(queue, 1, sent)
  push(queue, 2, sent)
  vi.advanceTimersByTime(290)
  expect(sent).toEqual([])
  vi.advanceTimersByTime(30)
  expect(sent).toEqual([1, 2])
  expect(vi.getTimerCount()).toBe(0)
})
