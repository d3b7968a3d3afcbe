import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { eveningReplySchema } from '#contracts/dispatch.ts'
import { locationEventSchema, statusEventSchema, TOPIC } from '#contracts/topics.ts'
import { startFaultProxy } from '../faults/support/fault-proxy.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { APP_KAFKA } from '../support/app-log.ts'
import { atEnd } from '../support/at-end.ts'
import { openBoard } from '../support/board.ts'
import { childrenOf } from '../support/child-processes.ts'
import { pollUntil } from '../support/poll-until.ts'
import { readMetric } from '../support/read-metric.ts'
import { tempDir } from '../support/temp-dir.ts'
import { readTopics } from '../support/topic-reader.ts'

const RIDERS = 3
/** They give themselves 3 s; who waited for every answer would take 10 s. */
const STOP_WITHIN_MS = 8_000
/** A ride of 3 km takes some 4 s at this pace. */
const IN_A_HURRY = { RIDERS: String(RIDERS), INTERVAL_MS: '200', HASTE: '100' }

function startRiders(app: RunningApp, env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../dist/simulate-riders.js')], {
    env: { ...process.env, ...IN_A_HURRY, GATEWAY_URL: app.url, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text))
  const exited = once(child, 'close').then(([code]) => code as number | null)
  atEnd(async () => {
    child.kill('SIGKILL')
    await exited
  })
  return {
    said: () => output,
    /** Answers the exit code. */
    async stop() {
      child.kill('SIGTERM')
      return await exited
    },
  }
}

/** What the log has of them, by delivery: every seq, and the statuses in order. */
async function watchRides(app: RunningApp) {
  const { records } = await readTopics(
    app.broker,
    [TOPIC.locationUpdated, TOPIC.statusChanged].map(app.inKafka),
  )
  return () => {
    const rides = new Map<string, { seqs: Set<number>; statuses: string[] }>()
    for (const { topic, message } of records) {
      const value: unknown = JSON.parse(String(message.value))
      const deliveryId = String(message.key)
      const ride = rides.get(deliveryId) ?? { seqs: new Set(), statuses: [] }
      rides.set(deliveryId, ride)
      if (topic === app.inKafka(TOPIC.statusChanged))
        ride.statuses.push(statusEventSchema.parse(value).status)
      else ride.seqs.add(locationEventSchema.parse(value).seq)
    }
    return [...rides.values()]
  }
}
type Rides = ReturnType<Awaited<ReturnType<typeof watchRides>>>
const delivered = (rides: Rides) => rides.filter(({ statuses }) => statuses.at(-1) === 'delivered')
const countPoints = (rides: Rides) => rides.reduce((sum, { seqs }) => sum + seqs.size, 0)
/**
 * Every point of a ride from the first on, so that none was given up. A ride that is delivered has
 * points; one that was given back right after it was picked up may have none.
 */
const isWhole = ({ seqs, statuses }: Rides[number]) =>
  Math.max(0, ...seqs) === seqs.size && (seqs.size > 0 || statuses.at(-1) !== 'delivered')

it('[STACK8] simulated riders deliver and take the next; each accepted point is stored; at a SIGTERM they give back what they carry', async () => {
  const directory = tempDir()
  const settings = { DISPATCH_TOKEN_FILE: join(directory, 'dispatch'), TOKEN_SECRET: 'x'.repeat(32) }
  writeFileSync(settings.DISPATCH_TOKEN_FILE, 'only-dispatch-may-begin')
  const app = await startApp({ env: { DEMO: '0', ...settings } })
  const rides = await watchRides(app)
  const riders = startRiders(app, settings)
  await pollUntil(() => delivered(rides()).length > RIDERS, { withinMs: 40_000, what: 'a second round' })

  const stoppedAtMs = performance.now()
  expect(await riders.stop()).toBe(0)
  expect(performance.now() - stoppedAtMs).toBeLessThan(STOP_WITHIN_MS)
  expect(riders.said()).toBe('')
  // A post that was on its way at the SIGTERM may still be accepted.
  const points = (what: string) => readMetric(app.url, `rider_live_locations_${what}_total`)
  await pollUntil(
    async () => {
      const [accepted, stored] = [await points('accepted'), await points('stored')]
      return stored === accepted && countPoints(rides()) === accepted
    },
    { withinMs: 20_000, what: 'as many points in the log, and stored, as were accepted' },
  )
  await pollUntil(() => rides().every(({ statuses }) => /delivered|cancelled/.test(statuses.at(-1) ?? '')), {
    withinMs: 20_000,
    what: 'an end for each delivery that was begun',
  })
  expect(rides().filter((ride) => !isWhole(ride))).toEqual([])
})

it('[STACK13] [BOARD19] a delivery whose answer is still on its way at a SIGTERM is given back as well; a busy evening: thirty riders on the board, one evening at a time, and none is left without a rider', async () => {
  const app = await startApp()
  const rides = await watchRides(app)
  const gateway = await startFaultProxy(Number(new URL(app.url).port))
  gateway.slow(300)
  const riders = startRiders(app, { GATEWAY_URL: `http://127.0.0.1:${gateway.port}`, RIDERS: '1' })
  await pollUntil(() => app.logs().includes('"status":201'), { withinMs: 20_000, what: 'a new delivery' })
  expect(await riders.stop()).toBe(0)
  const ends = () => rides().map(({ statuses }) => statuses.at(-1))
  await pollUntil(() => ends().includes('cancelled'), { withinMs: 20_000, what: 'a delivery given back' })
  expect(ends()).toEqual(['cancelled'])

  const board = openBoard(app.url)
  await board.greeted()
  const ask = async () =>
    eveningReplySchema.parse(await board.socket.timeout(20_000).emitWithAck('dispatch:evening', {}))
  const [first, again] = [await ask(), await ask()]
  expect(first).toMatchObject({ ok: true, value: { riders: 30 } })
  expect(again).toEqual(first)
  const shown = new Set<string>()
  await pollUntil(
    () => {
      for (const { delivery } of board.updates)
        if (delivery.lastLocation && delivery.promisedAtMs) shown.add(delivery.id)
      return shown.size === 30
    },
    { withinMs: 60_000, what: 'thirty riders on their way' },
  )
  // The stop waits for them: each gives back what it carries.
  const stopped = app.stop()
  await pollUntil(() => board.gone.length >= 25, { withinMs: 20_000, what: 'the deliveries given back' })
  await stopped
  await pollUntil(() => childrenOf(app.pid, 'simulate-riders').length === 0, {
    withinMs: 10_000,
    what: 'the end of its processes',
  })
})

it.skipIf(process.env[APP_KAFKA])(
  '[STACK9] a simulated rider who is answered 429 or 503 keeps the points and goes on',
  async () => {
    // Three riders ask for 15 a second.
    const app = await startApp({ env: { RATE_LIMIT_ADDRESS: '10/10' } })
    const rides = await watchRides(app)
    startRiders(app)
    const answered = (status: number) => () => app.logs().includes(`"status":${status}`)
    const [broker] = childrenOf(app.pid, 'embedded-kafka')
    if (!broker) throw new Error('the broker is not there')
    await pollUntil(() => countPoints(rides()) > 10, { withinMs: 20_000, what: 'points' })
    process.kill(broker, 'SIGSTOP')
    await pollUntil(answered(503), { withinMs: 20_000, what: '503' }).finally(() =>
      process.kill(broker, 'SIGCONT'),
    )
    const before = delivered(rides()).length
    await pollUntil(() => delivered(rides()).length > before + RIDERS, { withinMs: 40_000, what: 'the next' })
    await pollUntil(answered(429), { withinMs: 20_000, what: '429' })
    // The end of a ride may be read before its last point: they lie in different topics.
    await pollUntil(() => delivered(rides()).every(isWhole), {
      withinMs: 20_000,
      what: 'every point of each ride',
    })
  },
)
