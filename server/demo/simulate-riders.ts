import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { type CreateDeliveryAnswer, createDeliveryAnswerSchema, MAX_FIXES_PER_POST } from '#contracts/http.ts'
import type { Fix } from '#contracts/location.ts'
import { planRide } from '#domain/ride-plan.ts'

/**
 * Riders who ride all day, for a demo with life in it: a program of its own that knows nothing but the public API. Each
 * takes a delivery, rides its route, delivers, and takes the next; what a 202 has not answered for is sent again.
 */
const settingsSchema = z.object({
  GATEWAY_URL: z.url({ error: 'GATEWAY_URL must be the address of the gateway, e.g. http://127.0.0.1:3000' }),
  RIDERS: z.coerce.number().int().min(1).max(10_000).default(20),
  INTERVAL_MS: z.coerce.number().int().min(200).default(5_000),
  DISPATCH_TOKEN: z.string().optional(),
})
const settings = settingsSchema.safeParse(process.env)
if (!settings.success) {
  console.error(settings.error.issues.map(({ message }) => message).join('\n'))
  process.exit(1)
}
const { GATEWAY_URL, RIDERS, INTERVAL_MS, DISPATCH_TOKEN } = settings.data
const AGAIN_AFTER_MS = 2_000

const stopping = new AbortController()
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stopping.abort())

await Promise.all(Array.from({ length: RIDERS }, rideAllDay))

async function rideAllDay(): Promise<void> {
  // Not all at the same moment.
  await pause(Math.random() * INTERVAL_MS)
  while (!stopping.signal.aborted) {
    try {
      await deliver(createDeliveryAnswerSchema.parse(await post('/api/deliveries', DISPATCH_TOKEN, {})))
    } catch (error) {
      if (!stopping.signal.aborted) console.error(error instanceof Error ? error.message : error)
      await pause(AGAIN_AFTER_MS)
    }
  }
}

async function deliver({ delivery, rider }: CreateDeliveryAnswer): Promise<void> {
  const path = `/api/deliveries/${delivery.id}`
  const plan = planRide(delivery.route)
  await post(`${path}/status`, rider.token, { status: 'picked_up' })
  const startedMs = performance.now()
  const waiting: Fix[] = []
  for (let seq = 1; ; seq += 1) {
    const rideMs = performance.now() - startedMs
    const { at, headingDeg, speedMps } = plan.momentAt(rideMs)
    const [lat, lng] = at
    waiting.push({ seq, lat, lng, recordedAtMs: Date.now(), accuracyM: 6, headingDeg, speedMps })
    const locations = waiting.slice(0, MAX_FIXES_PER_POST)
    const arrived = rideMs > plan.durationMs
    try {
      await post(`${path}/locations`, rider.token, { locations })
      waiting.splice(0, locations.length)
      if (arrived && waiting.length === 0) break
    } catch (error) {
      if (error instanceof Refused) throw error
      // Kept, and sent again with the next.
    }
    await pause(INTERVAL_MS)
    if (stopping.signal.aborted) return
  }
  await post(`${path}/status`, rider.token, { status: 'delivered' })
}

/** The same request would be answered in the same way again. */
class Refused extends Error {}

async function post(path: string, token: string | undefined, body: unknown): Promise<unknown> {
  const response = await fetch(GATEWAY_URL + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
    signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(10_000)]),
  })
  const text = await response.text()
  if (response.ok) return JSON.parse(text)
  const again = response.status === 429 || response.status >= 500
  throw new (again ? Error : Refused)(`${path} was answered ${response.status}: ${text}`)
}

async function pause(ms: number): Promise<void> {
  await delay(ms, undefined, { signal: stopping.signal }).catch(() => {})
}
