import { EventEmitter } from 'node:events'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import type { Role } from '#contracts/role.ts'
import { NO_DEVICE } from '#domain/riding-device.ts'
import { createRateLimiter } from '#server/access/rate-limit.ts'
import { createTokens } from '#server/access/tokens.ts'
import type { DeliveryRecord } from '#server/db/deliveries.ts'
import { LiveDeliveries } from '#server/delivery/live-deliveries.ts'
import { noteContext } from '#server/ground/request-context.ts'
import { createGreetings } from '#server/push/greetings.ts'
import { createHandshake } from '#server/push/handshake.ts'
import { createSocketCaps } from '#server/push/socket-caps.ts'

const MOST_UNDERWAY = 200
const tokens = createTokens('a secret')
const record = {
  delivery: { id: 'd1', status: 'picked_up', statusAtMs: 0, route: [] },
  links: { rider: 1, customer: 1 },
  riding: NO_DEVICE,
} as unknown as DeliveryRecord

function handshakes() {
  const greetings = createGreetings()
  const handshake = createHandshake({
    live: new LiveDeliveries(async () => ({ record, newest: [] })),
    access: {
      tokens,
      tokenLimit: createRateLimiter({ perSecond: 1, burst: 2 }, 'token'),
      refuseReplaced: async () => {},
      isOpen: true,
      dispatchToken: undefined,
      logger: pino({ level: 'silent' }),
    },
    caps: createSocketCaps({ token: 9, address: 9, delivery: 9 }),
    greetings,
    elsewhere: () => null,
  })
  return {
    greetings,
    async shake(role: Role) {
      const token = tokens.issue({ deliveryId: 'd1', role, version: 1 })
      const conn = Object.assign(new EventEmitter(), { readyState: 'open' })
      const request = {}
      noteContext(request, {
        requestId: 'one',
        traceparent: '',
        receivedAtMs: 0,
        address: '127.0.0.1',
        origin: '',
        answerHeaders: [],
      })
      const socket = { handshake: { auth: { token } }, request, conn }
      const refusal = await new Promise<unknown>((resolve) => {
        handshake(socket as never, (refused) => resolve(refused?.data))
      })
      return { refusal, conn }
    },
    /** How many greetings are under way. */
    async underway() {
      const more = []
      while (greetings.hasRoom()) more.push(await greetings.begin())
      for (const over of more) over()
      return MOST_UNDERWAY - more.length
    },
  }
}

it('[SOCK15] a handshake that comes too early is told when to come back', async () => {
  const { shake } = handshakes()
  for (let time = 0; time < 2; time += 1) expect((await shake('customer')).refusal).toBeUndefined()
  const { refusal } = await shake('customer')
  expect(refusal).toEqual({ code: 'rate_limited', retryAfterMs: expect.any(Number) })
  expect((refusal as { retryAfterMs: number }).retryAfterMs).toBeGreaterThan(0)
})

it('[SOCK14] a greeting is over when the customer is refused, or gone', async () => {
  const { shake, underway } = handshakes()
  expect((await shake('rider')).refusal).toEqual({ code: 'forbidden' })
  expect(await underway()).toBe(0)
  const { conn } = await shake('customer')
  expect(await underway()).toBe(1)
  conn.emit('close')
  expect(await underway()).toBe(0)
})
