import { Agent, request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { type CreateDeliveryAnswer, createDeliveryAnswerSchema } from '#contracts/http.ts'
import type { Fix } from '#contracts/location.ts'

export type Rider = { created: CreateDeliveryAnswer; seq: number }
/** At an even pace that waits for nobody; or so many under way all the time. */
export type Pace = { perSecond: number } | { atOnce: number }
export type Posts = { posts: number; fixesEach: number; pace: Pace }

const agent = new Agent({ keepAlive: true, maxSockets: 256 })
const CREATED_AT_ONCE = 8
const MOST_TRIES = 20
const AGAIN_AFTER_MS = 500

/** Riders on their way, their customers may see them. */
export async function createRiders(url: string, count: number): Promise<Rider[]> {
  const riders: Rider[] = []
  await atPace(count, { atOnce: CREATED_AT_ONCE }, async () => {
    const answer = await call(url, '/api/deliveries', { body: '{}' })
    const created = createDeliveryAnswerSchema.parse(JSON.parse(answer.text))
    const path = `/api/deliveries/${created.delivery.id}/status`
    const picked = await call(url, path, { token: created.rider.token, body: '{"status":"picked_up"}' })
    if (picked.status !== 200) throw new Error(`picked_up was answered ${picked.status}`)
    riders.push({ created, seq: 0 })
  })
  return riders
}

/** The riders post in turn. All must be acknowledged. */
export async function postAll(url: string, riders: Rider[], load: Posts): Promise<void> {
  await atPace(load.posts, load.pace, async (i) => {
    const rider = riders[i % riders.length] as Rider
    const locations = Array.from({ length: load.fixesEach }, () => nextFix(rider))
    const path = `/api/deliveries/${rider.created.delivery.id}/locations`
    const body = JSON.stringify({ locations })
    for (let tries = 1; ; tries += 1) {
      const { status } = await call(url, path, { token: rider.created.rider.token, body })
      if (status === 202) return
      // On a busy machine the log may be too late now and then: riders keep their points, and send them again.
      if (status !== 503 || tries === MOST_TRIES) throw new Error(`A post was answered ${status}`)
      await delay(AGAIN_AFTER_MS)
    }
  })
}

export function nextFix(rider: Rider): Fix {
  rider.seq += 1
  const { route } = rider.created.delivery
  // Never within 200 m of the door: a change of status is another story.
  const [lat, lng] = route[rider.seq % Math.max(1, Math.floor(route.length / 2))] ?? [37.5, 127.03]
  return { seq: rider.seq, lat, lng, recordedAtMs: Date.now(), accuracyM: 8, headingDeg: 70, speedMps: 6 }
}

/** The floor of the server: what it answers without looking. */
export async function askHealth(url: string, count: number, pace: Pace): Promise<number> {
  await atPace(count, pace, async () => {
    const { status } = await call(url, '/healthz')
    if (status !== 200) throw new Error(`/healthz was answered ${status}`)
  })
  return count
}

async function atPace(count: number, pace: Pace, work: (i: number) => Promise<void>): Promise<void> {
  let begun = 0
  if ('atOnce' in pace) {
    const goOn = async () => {
      while (begun < count) await work(begun++)
    }
    await Promise.all(Array.from({ length: pace.atOnce }, goOn))
    return
  }
  const started = performance.now()
  const underWay: Promise<void>[] = []
  for (; begun < count; begun += 1) {
    const waitMs = started + (begun * 1_000) / pace.perSecond - performance.now()
    if (waitMs > 0.5) await delay(waitMs)
    underWay.push(work(begun))
  }
  await Promise.all(underWay)
}

function call(
  url: string,
  path: string,
  { token, body }: { token?: string; body?: string } = {},
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    }
    const asked = request(
      url + path,
      { agent, method: body === undefined ? 'GET' : 'POST', headers },
      (answer) => {
        let text = ''
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk
        })
        answer.once('end', () => resolve({ status: answer.statusCode ?? 0, text }))
        answer.once('error', reject)
      },
    )
    asked.once('error', reject)
    asked.end(body)
  })
}
