import { beforeAll, describe, expect, it } from 'vitest'
import type { CreateDeliveryAnswer } from '#contracts/http.ts'
import { linkReplacedEventSchema, TOPIC } from '#contracts/topics.ts'
import { type Api, createApi, expectProblem, fixAt } from '../support/api.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { APP_KAFKA } from '../support/app-log.ts'
import { childrenOf, isRunning } from '../support/child-processes.ts'
import { connectCustomer } from '../support/customer.ts'
import { expectOnlyTheNewLink, replaceCustomersLink } from '../support/links.ts'
import { pollUntil } from '../support/poll-until.ts'
import { readTopics } from '../support/topic-reader.ts'

/** 2 s are promised; the rest is for a machine that is busy. kafkajs by itself would take 5 s and more. */
const ANSWER_WITHIN_MS = 4_000
/** Who waits for the deadline waits for 1.6 s at least. */
const AT_ONCE_MS = 1_000

function brokerOf(app: RunningApp): number {
  const [broker] = childrenOf(app.pid, 'embedded-kafka')
  if (!broker) throw new Error('the broker is not there')
  return broker
}

async function whileFrozen(app: RunningApp, work: () => Promise<void>): Promise<void> {
  const broker = brokerOf(app)
  process.kill(broker, 'SIGSTOP')
  await work().finally(() => process.kill(broker, 'SIGCONT'))
}

async function breakerState(api: Api): Promise<string | undefined> {
  const metrics = await (await api.call('/metrics')).text()
  return /^rider_live_log_breaker_state\{state="(\w+)".*\} 1$/m.exec(metrics)?.[1]
}

/** The broker is the app's own child here: it can be frozen and killed. */
describe.skipIf(process.env[APP_KAFKA])('the embedded broker away', () => {
  let app: RunningApp
  let api: Api
  beforeAll(async () => {
    app = await startApp()
    api = createApi(app.url)
  })

  /** Whoever was here before may have left the breaker open. */
  async function allWell(created: CreateDeliveryAnswer, seq: () => number): Promise<void> {
    const isWell = async () =>
      (await api.postLocations(created, [fixAt(created, seq())])).status === 202 &&
      (await api.call('/readyz')).status === 200 &&
      (await breakerState(api)) === 'Closed'
    await pollUntil(isWell, {
      withinMs: 40_000,
      what: 'the post going through, readiness, the closed breaker',
    })
  }

  it('[ERR7] while it is frozen a post gets 503 with Retry-After within 2 s, and goes through afterwards', async () => {
    const created = await api.createPickedUp()
    await whileFrozen(app, async () => {
      for (let attempt = 1; attempt <= 5; attempt += 1) {
        const started = performance.now()
        const refused = await api.postLocations(created, [fixAt(created, 1)])
        expect(performance.now() - started).toBeLessThan(ANSWER_WITHIN_MS)
        expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
        await expectProblem(refused, 503, 'log_unavailable')
      }
      expect((await api.call('/healthz')).status).toBe(200)
      expect((await api.call('/readyz')).status).toBe(503)
    })
    await allWell(created, () => 1)
  })

  it('[CB1] the breaker opens after failures in a row, then refuses at once, lets one ask, and closes when Kafka is back', async () => {
    const created = await api.createDelivery()
    let seq = 0
    // A point that is known already would not ask Kafka: the frozen broker takes the first ones when it goes on.
    const next = () => ++seq
    await allWell(created, next)
    const saidBefore = app.logs().length
    const post = async () => {
      const startedMs = performance.now()
      const { status } = await api.postLocations(created, [fixAt(created, next())])
      return { status, tookMs: performance.now() - startedMs }
    }
    await whileFrozen(app, async () => {
      await pollUntil(async () => (await post()).status === 503 && (await breakerState(api)) === 'Open', {
        withinMs: 30_000,
        what: 'the open breaker',
      })
      // While it is open nobody waits; now and then one is let through to ask, and that one waits for its deadline.
      const answers = []
      for (let i = 0; i < 10; i += 1) answers.push(await post())
      expect(answers.every(({ status }) => status === 503)).toBe(true)
      expect(answers.filter(({ tookMs }) => tookMs < AT_ONCE_MS).length).toBeGreaterThanOrEqual(6)
    })
    await allWell(created, next)
    expect(app.logs().slice(saidBefore)).toContain('The breaker before Kafka changed its state')
  })

  it('[PATH6] a status answered with 200 is told once Kafka is back, though Kafka was away when it was answered', async () => {
    const created = await api.createDelivery()
    const customer = connectCustomer(app.url, { token: created.customer.token })
    await customer.greeted()
    await whileFrozen(app, async () => {
      const started = performance.now()
      // Who waited for Kafka would wait for as long as it is away.
      expect((await api.postStatus(created, 'picked_up')).status).toBe(200)
      expect(performance.now() - started).toBeLessThan(10_000)
    })
    await pollUntil(() => customer.statuses.length > 0, {
      withinMs: 30_000,
      what: 'the status at the customer',
    })
    expect(customer.statuses.map(({ status }) => status)).toEqual(['picked_up'])
  })

  it('[LINK12] a link whose replacement was answered with 201 has stopped at once, though Kafka is away', async () => {
    const created = await api.createDelivery()
    const customer = connectCustomer(app.url, { token: created.customer.token })
    await customer.greeted()
    await whileFrozen(app, async () => {
      const started = performance.now()
      // Who waited for Kafka would wait for as long as it is away.
      const { token } = await replaceCustomersLink(app, created)
      expect(performance.now() - started).toBeLessThan(10_000)
      await pollUntil(() => customer.disconnects.length > 0, { withinMs: 20_000, what: 'the disconnect' })
      expect(customer.closings).toEqual([{ code: 'unauthenticated' }])
      await expectOnlyTheNewLink(app, created, token)
    })
  })

  it('[PATH5] killed in the middle of traffic it comes back, and every acknowledged point arrives once', async () => {
    const created = await api.createPickedUp()
    const customer = connectCustomer(app.url, { token: created.customer.token })
    await customer.greeted()
    const total = 60
    for (let seq = 1; seq <= total; seq += 1) {
      if (seq === 20) process.kill(brokerOf(app), 'SIGKILL')
      await pollUntil(async () => (await api.postLocations(created, [fixAt(created, seq)])).status === 202, {
        withinMs: 40_000,
        what: `a 202 for seq ${seq}`,
      })
    }
    const everything = Array.from({ length: total }, (_, i) => i + 1)
    // Once each; in an outage a send that was given up may overtake a later one, and the seq tells the order.
    const received = () => customer.locations.map(({ location }) => location.seq)
    await pollUntil(() => received().length >= total, {
      withinMs: 40_000,
      what: 'everything at the customer',
    })
    expect(received().sort((a, b) => a - b)).toEqual(everything)
    const history = await api.historyOf(created, created.rider.token)
    expect(history.map(({ seq }) => seq)).toEqual(everything)
  })
})

it.skipIf(process.env[APP_KAFKA])(
  '[PATH6] [LINK12] what was answered while Kafka was away is told by the next start, though the process was killed right after',
  async () => {
    const first = await startApp()
    const api = createApi(first.url)
    const [picked, replaced] = [await api.createDelivery(), await api.createDelivery()]
    const broker = brokerOf(first)
    // Nothing reaches Kafka any more: what the answers promise is in the outbox alone.
    process.kill(broker, 'SIGSTOP')
    const { token } = await replaceCustomersLink(first, replaced)
    expect((await api.postStatus(picked, 'picked_up')).status).toBe(200)
    await first.kill9()
    process.kill(broker, 'SIGKILL')
    await pollUntil(() => !isRunning(broker), { withinMs: 20_000, what: 'the end of the broker' })

    const second = await startApp({ dataDir: first.dataDir })
    // Whoever did not make the change hears of it from the log: it is there, by this delivery's key.
    const topics = [TOPIC.statusChanged, TOPIC.linksReplaced].map(second.inKafka)
    const { records } = await readTopics(second.broker, topics)
    const told = ({ delivery }: CreateDeliveryAnswer, topic: string) =>
      records
        .filter(
          (record) => record.topic === second.inKafka(topic) && String(record.message.key) === delivery.id,
        )
        .map(({ message }) => JSON.parse(String(message.value)))
    await pollUntil(() => told(picked, TOPIC.statusChanged).length > 1, {
      withinMs: 30_000,
      what: 'the status in the topic',
    })
    expect(told(picked, TOPIC.statusChanged).at(-1)).toMatchObject({ status: 'picked_up' })
    const customer = connectCustomer(second.url, { token: picked.customer.token })
    expect(await customer.greeted()).toMatchObject({ delivery: { status: 'picked_up' } })

    await pollUntil(() => told(replaced, TOPIC.linksReplaced).length > 0, {
      withinMs: 30_000,
      what: 'the replacement in the topic',
    })
    const event = linkReplacedEventSchema.parse(told(replaced, TOPIC.linksReplaced)[0])
    expect(event).toMatchObject({ deliveryId: replaced.delivery.id, role: 'customer', version: 2 })
    await expectOnlyTheNewLink(second, replaced, token)
  },
)
