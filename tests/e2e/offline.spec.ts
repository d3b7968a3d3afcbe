import type { Page } from '@playwright/test'
import { freshness, LIVE_UNDER_MS } from '../../domain/freshness.ts'
import { dispatch } from './support/dispatch.ts'
import { during } from './support/during.ts'
import { expect, test } from './support/fixtures.ts'
import { historyOf } from './support/history-of.ts'
import { lookAsCustomer, lookAsRider } from './support/look.ts'
import { recordMarker } from './support/marker-recorder.ts'
import { openCustomer, openRider } from './support/people.ts'
import { takeScreenshot } from './support/screenshot.ts'
import { watchNetwork } from './support/watch-network.ts'
import { watchPosts } from './support/watch-posts.ts'

/** As long as the customer's page takes to call a silent rider lost. */
const OFFLINE_MS = 60_000
/** Pages tell ages in whole seconds and look at the clock once a second; a busy machine is late besides. */
const WORDS_LATE_MS = 4_000
/** How long anything may take that is not looked at for its lateness. */
const SOON = { timeout: 30_000 }
const PHONE = { viewport: { width: 390, height: 844 }, losesNetwork: true }

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)
const pushedSeqs = (received: string) =>
  [...received.matchAll(/\["delivery:location",\{"location":\{[^}]*?"seq":(\d+)/g)].map(([, seq]) =>
    Number(seq),
  )
const anySeqs = (received: string) =>
  [...new Set([...received.matchAll(/"seq":(\d+)/g)].map(([, seq]) => Number(seq)))].sort((a, b) => a - b)

/** A ride under way, reported every second, on two phones. */
async function rideUnderWay(url: string, newPerson: (options: typeof PHONE) => Promise<Page>) {
  const created = await dispatch(url).createDelivery()
  const [customerPhone, riderPhone] = [await newPerson(PHONE), await newPerson(PHONE)]
  const network = watchNetwork(customerPhone)
  const posts = watchPosts(riderPhone)
  const customer = await openCustomer(customerPhone, created.customer.url)
  const rider = await openRider(riderPhone, created.rider.url)
  const marker = await recordMarker(customerPhone)
  await rider.choose({ everyS: 1, speed: 2 })
  await rider.start()
  await customer.receives(5)
  const look = async () => ({
    rider: await lookAsRider(riderPhone),
    customer: await lookAsCustomer(customerPhone),
  })

  return {
    created,
    customer,
    rider,
    marker,
    network,
    posts,
    look,
    /** Stops the sharing, and compares from outside what was made, what is stored, and what the customer's page holds. */
    async nothingIsMissing() {
      await rider.page.getByRole('switch', { name: 'Share location' }).uncheck()
      let made: number[] = []
      let visible: number[] = []
      // All of it again each time: a point that was being recorded when the sharing ended still comes.
      await expect(async () => {
        await expect(rider.page.getByTestId('counter-waiting')).toHaveText('0', SOON)
        made = posts.seqs()
        expect(made, 'what the rider’s page numbered').toEqual(upTo(made.length))
        const stored = (await historyOf(url, created.rider)).map(({ seq }) => seq)
        expect(stored, 'what is stored').toEqual(made)
        visible = (await historyOf(url, created.customer)).map(({ seq }) => seq)
        expect(visible).toEqual(made)
        const { dataset } = await customer.root.evaluate(({ dataset }) => ({ dataset: { ...dataset } }))
        expect(dataset.seq).toBe(String(made.length))
        expect(dataset.points, 'each point once').toBe(String(visible.length))
        expect(anySeqs(network.received()), 'what reached the customer').toEqual(visible)
      }).toPass({ timeout: 60_000 })
      const drawn = (await marker.read()).map(({ seq }) => seq)
      expect(drawn, 'the marker’s points, in order').toEqual(drawn.toSorted((a, b) => a - b))
      const counts = `${made.length} made, ${visible.length} stored and shown`
      test.info().annotations.push({ type: 'points', description: counts })
      return made.length
    },
  }
}

test('[OFF1] [OFF2] [OFF3] the rider’s phone without network for 60 s', async ({ app, newPerson }) => {
  test.setTimeout(300_000)
  const ride = await rideUnderWay(app.url, newPerson)
  const { rider, customer } = ride
  const phone = rider.page.context()

  const cutAtMs = Date.now()
  await phone.setOffline(true)
  const looks = await during(cutAtMs + 12_000, ride.look)
  await takeScreenshot(rider.page, 'offline-rider')
  looks.push(...(await during(cutAtMs + 22_000, ride.look)))
  await takeScreenshot(customer.page, 'offline-rider-delayed')
  looks.push(...(await during(cutAtMs + OFFLINE_MS, ride.look)))
  await expect(customer.root).toHaveAttribute('data-freshness', 'lost', SOON)
  looks.push(await ride.look())
  await takeScreenshot(customer.page, 'offline-rider-lost')
  await takeScreenshot(customer.page, 'offline-rider-lost-dark', { dark: true })

  const backAtMs = Date.now()
  await phone.setOffline(false)
  await expect(customer.root).toHaveAttribute('data-freshness', 'live', SOON)
  test.info().annotations.push({ type: 'live again', description: `${Date.now() - backAtMs} ms` })
  await expect(rider.page.getByTestId('sending-notice')).toBeHidden()
  await customer.receives(3)
  await takeScreenshot(customer.page, 'offline-rider-back')
  const made = await ride.nothingIsMissing()
  expect(made).toBeGreaterThan((0.5 * OFFLINE_MS) / 1_000)

  const recorded = new Map((await historyOf(app.url, ride.created.rider)).map((point) => [point.seq, point]))
  const recordedAtMs = (seq: number) => recorded.get(seq)?.recordedAtMs ?? Number.NaN
  const heldBack = Math.max(...looks.map((look) => look.rider.acknowledged)) + 1
  for (const { rider, customer } of looks) {
    if (rider.atMs > cutAtMs + WORDS_LATE_MS) {
      expect(rider.notice).toContain('You are offline')
      const [, count, age, unit] =
        rider.notice.match(/(\d+) positions? waits?.*the oldest for (\d+) (s|min)/) ?? []
      expect(Number(count)).toBe(rider.waiting)
      const ageMs = Number(age) * (unit === 's' ? 1_000 : 60_000)
      const oldMs = rider.atMs - recordedAtMs(heldBack)
      expect(Math.abs(oldMs - ageMs), `${rider.notice} after ${oldMs} ms`).toBeLessThan(WORDS_LATE_MS)
      // One each second; a machine that stands still for a moment makes none then.
      expect(Math.abs(rider.waiting - oldMs / 1_000), 'points waiting').toBeLessThan(4 + oldMs / 5_000)
      expect(rider.sharing).toBe(true)
    }
    expect(customer).toMatchObject({ connection: 'connected', line: '' })
    expect(customer.card).not.toMatch(/offline|connect/i)
    const ageMs = customer.atMs - recordedAtMs(customer.seq)
    expect([freshness(ageMs - WORDS_LATE_MS), freshness(ageMs)], `after ${ageMs} ms`).toContain(
      customer.freshness,
    )
    expect(customer.pill).toBe({ live: 'Live', delayed: 'Delayed', lost: 'Signal lost' }[customer.freshness])
  }
  expect(new Set(looks.map((look) => look.customer.freshness))).toEqual(new Set(['live', 'delayed', 'lost']))

  // The network may need a moment to carry: a try that came to nothing sent nothing.
  const drain = ride.posts.all().filter(({ atMs, answered }) => answered && atMs >= backAtMs)
  const drained = drain.flatMap(({ fixes }) => fixes.map(({ seq }) => seq))
  expect(drained, 'sent in order, each once').toEqual(upTo(made).slice((drained[0] ?? 0) - 1))
  expect(drained[0]).toBe(heldBack)
  for (const { atMs, fixes } of drain) {
    expect(fixes.length).toBeLessThanOrEqual(100)
    expect(drain.filter((post) => post.atMs >= atMs && post.atMs < atMs + 1_000).length).toBeLessThanOrEqual(
      11,
    )
  }
  expect(pushedSeqs(ride.network.received()), 'pushed in order, each once').toEqual(upTo(made))
})

test('[OFF4] [OFF5] the customer’s phone without network for 60 s', async ({ app, newPerson }) => {
  test.setTimeout(300_000)
  const ride = await rideUnderWay(app.url, newPerson)
  const { rider, customer } = ride
  const phone = customer.page.context()

  const cutAtMs = Date.now()
  await phone.setOffline(true)
  await expect(customer.root).toHaveAttribute('data-connection', 'offline', SOON)
  // Not every Chromium cuts a WebSocket that is open already; that nothing comes through is looked at, not believed.
  const missedFrom = await rider.acknowledged()
  const heardBefore = ride.network.received()
  const looks = await during(cutAtMs + 12_000, ride.look)
  await takeScreenshot(customer.page, 'offline-customer')
  looks.push(...(await during(cutAtMs + OFFLINE_MS, ride.look)))
  // The browser may still note what was under way when the line was closed, and nothing that was made later.
  const heardSince = anySeqs(ride.network.received().slice(heardBefore.length))
  expect(
    heardSince.filter((seq) => seq > missedFrom + 2),
    'what came through',
  ).toEqual([])
  const missed = (await rider.acknowledged()) - missedFrom
  // One each second; a machine that is busy makes fewer.
  expect(missed).toBeGreaterThan((0.3 * OFFLINE_MS) / 1_000)
  for (const { rider, customer } of looks) {
    expect(customer).toMatchObject({ connection: 'offline', freshness: 'unknown', pill: 'Last known' })
    expect(customer.line).toMatch(/^You are offline\s+Last updated (just now|.+ ago)\. It goes on by itself/)
    expect(customer.card).not.toMatch(/rider’s phone|signal|delayed|\blive\b|silent/i)
    expect(rider).toMatchObject({ notice: '', sharing: true })
    // Fewer than would make the position stale, on however busy a machine.
    expect(rider.waiting * 1_000).toBeLessThan(LIVE_UNDER_MS)
  }
  expect(new Set(looks.map((look) => look.customer.seq)).size, 'positions shown meanwhile').toBe(1)

  await phone.setOffline(false)
  await expect(customer.root).toHaveAttribute('data-connection', 'connected', SOON)
  await expect(customer.root).toHaveAttribute('data-freshness', 'live')
  await customer.receives(3)
  await takeScreenshot(customer.page, 'offline-customer-back')
  expect(await ride.nothingIsMissing()).toBeGreaterThanOrEqual(missedFrom + missed)
})

test('[TRK14] a page that is told of a lost network, and is still connected, says so', async ({
  app,
  newPerson,
}) => {
  const ride = await rideUnderWay(app.url, newPerson)
  await ride.customer.page.evaluate(() => window.dispatchEvent(new Event('offline')))
  await expect(ride.customer.root).toHaveAttribute('data-connection', 'connected')
  await ride.customer.receives(3)
  await ride.customer.page.evaluate(() => window.dispatchEvent(new Event('online')))
  await expect(ride.customer.root).toHaveAttribute('data-connection', 'connected')
  await ride.customer.receives(3)
  await ride.nothingIsMissing()
})
