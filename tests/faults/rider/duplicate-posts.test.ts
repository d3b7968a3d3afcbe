import { expect } from 'vitest'
import { postLocationsAnswerSchema } from '#contracts/http.ts'
import { createApi, fixAt } from '../../support/api.ts'
import { type RunningApp, startApp } from '../../support/app.ts'
import { pollUntil } from '../../support/poll-until.ts'
import { faultRow } from '../support/fault-row.ts'
import { startFollower } from '../support/follower.ts'
import { settleAccounts } from '../support/settle-accounts.ts'
import { UNLIMITED } from '../support/traffic.ts'

const RIDES = 4
/** As many points as an instance remembers of one delivery; a repeat of older ones is told apart by the history alone. */
const BATCHES = 20
const POINTS_EACH = 10

faultRow(
  '[FAULT10] duplicate POST retries',
  {
    promise:
      'However often a point is posted, it is stored once and pushed once; each answer counts what was new.',
    injected: `${RIDES} riders post each of ${BATCHES} batches of ${POINTS_EACH} points 1 to 4 times, at once and after the answer; kill -9 of the app in the middle, and everything from before it once more`,
  },
  async () => {
    let app: RunningApp = await startApp({ env: UNLIMITED })
    let life = 1
    const rides = await Promise.all(Array.from({ length: RIDES }, startRide))
    const posts = { answered: 0, unanswered: 0, known: 0 }

    async function startRide() {
      const created = await createApi(app.url).createDelivery()
      await createApi(app.url).postStatus(created, 'picked_up')
      const batches = Array.from({ length: BATCHES }, (_, batch) =>
        Array.from({ length: POINTS_EACH }, (_, point) => fixAt(created, batch * POINTS_EACH + point + 1)),
      )
      const followers = [1, 2].map(() => startFollower(created, () => [app.url]))
      /** In which life of the app each batch was answered for. */
      const answeredIn = new Map<number, Set<number>>()
      return { created, batches, followers, answeredIn, acknowledged: new Set<number>() }
    }
    type Ride = (typeof rides)[number]

    async function post(ride: Ride, batch: number): Promise<boolean> {
      const fixes = ride.batches[batch] ?? []
      const [postedIn, wasKnown] = [life, ride.answeredIn.get(batch)?.has(life)]
      const response = await createApi(app.url)
        .postLocations(ride.created, fixes)
        .then(async (answer) => ({ status: answer.status, text: await answer.text() }))
        .catch(() => null)
      // Right after its start an app may have to say "later" on a busy machine; a rider keeps the points, as without an answer.
      if (response === null || response.status === 503) {
        posts.unanswered += 1
        return false
      }
      expect(response).toMatchObject({ status: 202 })
      const { accepted, duplicates } = postLocationsAnswerSchema.parse(JSON.parse(response.text))
      expect(accepted + duplicates).toBe(fixes.length)
      if (wasKnown) expect({ accepted, batch, postedIn }).toMatchObject({ accepted: 0 })
      posts.answered += 1
      posts.known += duplicates
      ride.answeredIn.set(batch, (ride.answeredIn.get(batch) ?? new Set()).add(postedIn))
      for (const { seq } of fixes) ride.acknowledged.add(seq)
      return true
    }

    async function postAll(ride: Ride, index: number, from: number, to: number): Promise<void> {
      for (let batch = from; batch < to; batch += 1) {
        const copies = 1 + ((batch + index) % 4)
        const atOnce = Math.ceil(copies / 2)
        const answered = await Promise.all(Array.from({ length: atOnce }, () => post(ride, batch)))
        if (!answered.includes(true))
          await pollUntil(() => post(ride, batch), { withinMs: 60_000, what: 'an answer' })
        for (let copy = atOnce; copy < copies; copy += 1) await post(ride, batch)
      }
    }

    await pollUntil(() => rides.every(({ followers }) => followers.every((each) => each.connected())), {
      withinMs: 60_000,
      what: 'every customer connected',
    })
    const riding = Promise.all(rides.map((ride, index) => postAll(ride, index, 0, BATCHES)))
    await pollUntil(() => rides.every(({ answeredIn }) => answeredIn.size >= BATCHES / 2), {
      withinMs: 120_000,
      what: 'half of the batches answered for',
    })
    await app.kill9()
    const killedAtMs = performance.now()
    app = await startApp({ env: UNLIMITED, dataDir: app.dataDir })
    life += 1
    await riding
    const recoveredInMs = Math.round(performance.now() - killedAtMs)

    for (const ride of rides) {
      const before = [...ride.answeredIn].filter(([, lives]) => lives.has(1)).map(([batch]) => batch)
      expect(before.length).toBeGreaterThan(0)
      await Promise.all(before.map((batch) => post(ride, batch)))
    }
    const figures = await settleAccounts(() => app.url, rides)
    const metrics = await (await createApi(app.url).call('/metrics')).text()
    expect(metrics).toMatch(/^rider_live_locations_conflicting_total\{.*\} 0$/m)
    return {
      ...figures,
      recoveredInMs,
      seen: `${posts.answered} posts answered for ${RIDES * BATCHES} batches, ${posts.unanswered} without an answer; ${posts.known.toLocaleString('en')} points told as known`,
    }
  },
)
