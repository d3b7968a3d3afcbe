import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { DeliveryStatus } from '#contracts/delivery.ts'
import { type CreateDeliveryAnswer, createDeliveryAnswerSchema, MAX_FIXES_PER_POST } from '#contracts/http.ts'
import type { Fix } from '#contracts/location.ts'
import { planRide, type RidePlan } from '#domain/ride-plan.ts'
import { readSecretFiles } from '../ground/read-secret-files.ts'
import { wholeNumber } from '../ground/settings.ts'
import { eveningOrder } from './evening-order.ts'

/**
 * Riders who ride all day, for a demo with life in it: a program of its own that knows nothing but the public API. Each
 * takes a delivery, rides its route, delivers, and takes the next; what has not been answered with success is sent again.
 * At a SIGTERM they give back what they carry, so that no delivery is left without a rider.
 */
const settingsSchema = z.object({
  GATEWAY_URL: z.url({
    protocol: /^https?$/,
    error: 'must be the address of the gateway, such as http://127.0.0.1:3000',
  }),
  RIDERS: wholeNumber(1, 10_000).default(20),
  INTERVAL_MS: wholeNumber(200, 3_600_000).default(5_000),
  /** How many times as fast as a scooter in traffic they are; from 8 on the server marks their points, and takes them. */
  HASTE: wholeNumber(1, 100).default(1),
  DISPATCH_TOKEN: z.string().optional(),
  /** As of an evening that has begun: orders of all shops to all doors with a promise, first met on their way; some riders fall silent, some stray. */
  EVENING: z.literal('1').optional(),
})
const { GATEWAY_URL, RIDERS, INTERVAL_MS, HASTE, DISPATCH_TOKEN, EVENING } = readSettings()
const AGAIN_AFTER_MS = 2_000
const ANSWER_WITHIN_MS = 10_000
const GIVE_BACK_WITHIN_MS = 3_000

/** The same request would be answered in the same way again. */
class Refused extends Error {}

const stopping = new AbortController()
/** After that nothing is waited for any more. */
const leaving = new AbortController()
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    stopping.abort()
    setTimeout(() => leaving.abort(), GIVE_BACK_WITHIN_MS).unref()
  })
}

// Started by the app, they do not outlive it.
process.once('disconnect', () => process.exit())
process.channel?.unref()
/** In the evening, of every so many rides one falls silent for so long, and one strays from its way by so much. */
const [SILENT_ONE_IN, SILENT_MS] = [9, 100_000]
const [STRAYS_ONE_IN, STRAYS_DEG] = [8, 0.0022]
/** The first rides of an evening have come so far at most. */
const FIRST_SHARE = 0.7

// Nothing below is a class or a constant: it would come into being only after the last ride.
await Promise.all(Array.from({ length: RIDERS }, (_, rider) => rideAllDay(rider)))

function readSettings() {
  try {
    return settingsSchema.parse(readSecretFiles(process.env))
  } catch (error) {
    const said =
      error instanceof z.ZodError
        ? error.issues.map(({ path, message }) => `${String(path[0])} ${message}.`)
        : [(error as Error).message]
    console.error(said.join('\n'))
    process.exit(1)
  }
}

async function rideAllDay(rider: number): Promise<void> {
  let first = true
  let order: object | null = null
  // Not all at the same moment.
  await pause(Math.random() * INTERVAL_MS)
  while (!stopping.signal.aborted) {
    try {
      // Also read after a SIGTERM: only the answer names the delivery that is to be given back.
      order ??= EVENING ? eveningOrder(rider, Math.random, Date.now()) : {}
      const created = await post('/api/deliveries', DISPATCH_TOKEN, order, leaving.signal)
      order = null
      await deliver(
        createDeliveryAnswerSchema.parse(created),
        EVENING && first ? Math.random() * FIRST_SHARE : 0,
      )
      first = false
    } catch (error) {
      if (!stopping.signal.aborted) console.error(error instanceof Error ? error.message : error)
      await pause(AGAIN_AFTER_MS)
    }
  }
}

async function deliver({ delivery, rider }: CreateDeliveryAnswer, fromShare: number): Promise<void> {
  const path = `/api/deliveries/${delivery.id}`
  // Those who come later wait at the shop for a while.
  if (EVENING && fromShare === 0) await pause(Math.random() * 60_000)
  await postStatus(path, rider.token, 'picked_up')
  await ride(`${path}/locations`, rider.token, planRide(delivery.route), fromShare)
  await postStatus(path, rider.token, 'delivered')
  if (!stopping.signal.aborted) return
  await post(`${path}/status`, rider.token, { status: 'cancelled' }, leaving.signal)
}

/** Until it is heard: to repeat a status is fine. */
async function postStatus(path: string, token: string, status: DeliveryStatus): Promise<void> {
  while (!stopping.signal.aborted) {
    try {
      await post(`${path}/status`, token, { status })
      return
    } catch (error) {
      if (error instanceof Refused) throw error
      await pause(AGAIN_AFTER_MS)
    }
  }
}

/** To the door, where the rider waits until every point is acknowledged. */
async function ride(path: string, token: string, plan: RidePlan, fromShare: number): Promise<void> {
  const startedMs = performance.now() - (fromShare * plan.durationMs) / HASTE
  const silentFromMs = happens(SILENT_ONE_IN)
    ? performance.now() + Math.random() * 60_000
    : Number.POSITIVE_INFINITY
  const strays = happens(STRAYS_ONE_IN)
  const waiting: Fix[] = []
  for (let seq = 1; !stopping.signal.aborted; seq += 1) {
    const rideMs = (performance.now() - startedMs) * HASTE
    const { at, headingDeg, speedMps } = plan.momentAt(rideMs)
    const awayShare = strays ? Math.max(0, Math.sin((Math.PI * rideMs) / plan.durationMs)) : 0
    const [lat, lng] = [at[0] + awayShare * STRAYS_DEG, at[1]]
    const fix = { seq, lat, lng, recordedAtMs: Date.now(), accuracyM: 6, headingDeg }
    waiting.push({ ...fix, speedMps: speedMps * HASTE })
    const locations = waiting.slice(0, MAX_FIXES_PER_POST)
    const silentMs = performance.now() - silentFromMs
    const isSilent = silentMs > 0 && silentMs < SILENT_MS
    try {
      if (isSilent) throw new Error('No network on this stretch')
      await post(path, token, { locations })
      waiting.splice(0, locations.length)
      if (rideMs > plan.durationMs && waiting.length === 0) return
    } catch (error) {
      if (error instanceof Refused) throw error
      // Kept, and sent again with the next.
    }
    await pause(INTERVAL_MS)
  }
}

function happens(oneIn: number): boolean {
  return EVENING !== undefined && Math.random() < 1 / oneIn
}

async function post(
  path: string,
  token: string | undefined,
  body: unknown,
  givenUp: AbortSignal = stopping.signal,
): Promise<unknown> {
  // A timer, which holds what it aborts: see server/ground/end-when-silent.ts.
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(), ANSWER_WITHIN_MS)
  try {
    const response = await fetch(GATEWAY_URL + path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
      signal: AbortSignal.any([givenUp, late.signal]),
    })
    const text = await response.text()
    if (response.ok) return JSON.parse(text)
    const again = response.status === 429 || response.status >= 500
    throw new (again ? Error : Refused)(`${path} was answered ${response.status}: ${text}`)
  } finally {
    clearTimeout(timer)
  }
}

async function pause(ms: number): Promise<void> {
  await delay(ms, undefined, { signal: stopping.signal }).catch(() => {})
}
