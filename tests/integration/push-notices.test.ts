import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { Kafka, logLevel } from 'kafkajs'
import { beforeAll, describe, expect, it } from 'vitest'
import type { CreateDeliveryAnswer } from '#contracts/http.ts'
import { MOST_SUBSCRIPTIONS, pushAnswerSchema } from '#contracts/push.ts'
import { type Api, createApi, expectProblem, fixAt } from '../support/api.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { lookOn } from '../support/kafka-admin.ts'
import { BERLIN } from '../support/order.ts'
import { pollUntil } from '../support/poll-until.ts'
import { type Browser, startPushService } from '../support/push-service.ts'
import { readMetric } from '../support/read-metric.ts'

let service: Awaited<ReturnType<typeof startPushService>>
let app: RunningApp
let api: Api
const env = {
  PUSH_HOSTS: 'localhost',
  PUSH_ALLOW_PRIVATE: '1',
  VAPID_SUBJECT: 'mailto:push@rides.example',
  INSTANCE_ID: 'one',
}
const SOON = { withinMs: 30_000 }

beforeAll(async () => {
  service = await startPushService()
  app = await startApp({ env })
  api = createApi(app.url)
})

const pathOf = ({ delivery }: CreateDeliveryAnswer) => `/api/deliveries/${delivery.id}/push-subscription`
const ask = (method: string, created: CreateDeliveryAnswer, body?: unknown, token = created.customer.token) =>
  api.call(pathOf(created), { method, token, ...(body !== undefined && { body }) })
async function subscribed(created: CreateDeliveryAnswer, language?: string): Promise<Browser> {
  const browser = service.openBrowser()
  const answer = await ask('PUT', created, { ...browser.subscription, ...(language && { language }) })
  expect({ status: answer.status, text: await answer.text() }).toEqual({ status: 204, text: '' })
  return browser
}
const told = (browser: Browser, statuses: string[]) =>
  pollUntil(() => browser.statuses().length >= statuses.length, { ...SOON, what: `${statuses} told` }).then(
    () => expect(browser.statuses()).toEqual(statuses),
  )
/** The rider stands at the door. */
const comeToTheDoor = (created: CreateDeliveryAnswer) => {
  const { lat, lng } = created.delivery.destination
  return api.postLocations(created, [fixAt(created, 1, { lat, lng })])
}

describe('[NOTE1] a customer who has asked for it', () => {
  it('is told of picked up, arriving and delivered, once each, in the language asked for; [NOTE4] no place and no name', async () => {
    const created = await api.createDelivery({
      store: BERLIN.store,
      destination: BERLIN.destination,
      rider: { name: 'Ayse' },
    })
    const korean = await subscribed(created, 'ko-KR')
    const english = await subscribed(created)
    await api.postStatus(created, 'picked_up')
    await told(korean, ['picked_up'])
    await comeToTheDoor(created)
    await told(korean, ['picked_up', 'arriving'])
    await api.postStatus(created, 'delivered')
    await told(korean, ['picked_up', 'arriving', 'delivered'])
    await told(english, ['picked_up', 'arriving', 'delivered'])

    expect(korean.received.map(({ notice }) => notice.title)).toEqual([
      '고객님께 가고 있어요',
      '거의 다 왔어요',
      '배달이 완료됐어요',
    ])
    expect(english.received[0]?.notice).toMatchObject({ language: 'en', title: 'On the way to you' })
    for (const { notice, headers } of korean.received) {
      const { url, ...rest } = notice
      expect(url).toMatch(new RegExp(`^/track/${created.delivery.id}#`))
      const { store, destination } = created.delivery
      for (const word of ['Ayse', store.name, destination.name, String(store.lat), String(destination.lng)])
        expect(JSON.stringify(rest)).not.toContain(word)
      expect(headers).toMatchObject({ urgency: 'high', topic: korean.received[0]?.headers.topic })
      expect(headers.topic).toMatch(/^[\w-]{32}$/)
      expect(Number(headers.ttl)).toBeGreaterThan(500)
    }
    // The link in it opens the page, as the customer's own does.
    const token = korean.received[0]?.notice.url.split('#')[1] ?? ''
    const snapshot = await api.call(`/api/deliveries/${created.delivery.id}`, { token })
    expect(snapshot.status).toBe(200)
  })

  it('is told that it failed, and nothing of a cancelled one', async () => {
    const created = await api.createPickedUp()
    const browser = await subscribed(created)
    await api.postStatus(created, 'failed', { reason: 'Nobody opens the door' })
    // Picked up the page has shown already.
    await told(browser, ['failed'])
    expect(JSON.stringify(browser.received[0]?.notice)).not.toContain('door')
    const cancelled = await api.createDelivery()
    const other = await subscribed(cancelled)
    await api.postStatus(cancelled, 'cancelled')
    const after = await subscribedAndTold()
    expect(after.statuses()).toEqual(['picked_up'])
    expect(other.statuses()).toEqual([])
    expect(browser.statuses()).toEqual(['failed'])
  })
})

/** Kafka delivers at least once. */
async function appendAgain(
  { broker, inKafka }: RunningApp,
  { delivery }: CreateDeliveryAnswer,
  status: string,
) {
  const kafka = new Kafka({ brokers: [broker], logLevel: logLevel.NOTHING })
  const producer = kafka.producer()
  await producer.connect()
  const event = { v: 1, deliveryId: delivery.id, status, atMs: Date.now(), visibleFromSeq: 1 }
  const messages = [{ key: delivery.id, value: JSON.stringify(event) }]
  await producer.send({ topic: inKafka('delivery-status-changed'), messages })
  await producer.disconnect()
}

/** What was to be told before it has been told by then. */
async function subscribedAndTold(): Promise<Browser> {
  const created = await api.createDelivery()
  const browser = await subscribed(created)
  await api.postStatus(created, 'picked_up')
  await told(browser, ['picked_up'])
  return browser
}

describe('[NOTE2] the call', () => {
  it('takes the customer’s token of this delivery and no other', async () => {
    const [created, foreign] = [await api.createDelivery(), await api.createDelivery()]
    const { subscription } = service.openBrowser()
    for (const [method, body] of [['GET'], ['PUT', subscription], ['DELETE', subscription]] as const) {
      const with_ = (token?: string) => api.call(pathOf(created), { method, body, ...(token && { token }) })
      await expectProblem(await with_(), 401, 'unauthenticated')
      await expectProblem(await with_('wrong'), 401, 'unauthenticated')
      await expectProblem(await with_(created.rider.token), 403, 'forbidden')
      await expectProblem(await with_(foreign.customer.token), 403, 'forbidden')
    }
    expect((await ask('POST', created, subscription)).status).toBe(405)
  })

  it('tells a page the key and which devices are told, of which there are five at most', async () => {
    const created = await api.createDelivery()
    const browsers = Array.from({ length: MOST_SUBSCRIPTIONS + 4 }, service.openBrowser)
    const answers = await Promise.all(browsers.map(({ subscription }) => ask('PUT', created, subscription)))
    const refused = answers.filter(({ status }) => status !== 204)
    expect(refused).toHaveLength(4)
    for (const answer of refused) await expectProblem(answer, 409, 'too_many_subscriptions')
    const shown = async () => pushAnswerSchema.parse(await (await ask('GET', created)).json())
    const taken = browsers.filter((_, index) => answers[index]?.status === 204)
    const digest = ({ subscription }: Browser) =>
      createHash('sha256').update(subscription.endpoint).digest('base64url')
    expect((await shown()).devices.sort()).toEqual(taken.map(digest).sort())
    expect(Buffer.from((await shown()).publicKey, 'base64url')).toHaveLength(65)
    // Again is the same; who leaves makes room.
    const [first, ...others] = taken as [Browser, ...Browser[]]
    expect((await ask('PUT', created, first.subscription)).status).toBe(204)
    for (let again = 0; again < 2; again += 1)
      expect((await ask('DELETE', created, first.subscription)).status).toBe(204)
    expect((await shown()).devices.sort()).toEqual(others.map(digest).sort())
    expect((await ask('PUT', created, service.openBrowser().subscription)).status).toBe(204)
    // Members that browsers may add are no fault.
    expect(
      (await ask('PUT', created, { ...first.subscription, keys: others[0]?.subscription.keys, later: 1 }))
        .status,
    ).toBe(409)
  })

  it('refuses what is no subscription, private addresses and hosts that are no push service, and names the member', async () => {
    const created = await api.createDelivery()
    const { subscription } = service.openBrowser()
    const { p256dh, auth } = subscription.keys
    const offCurve = Buffer.alloc(65, 4).toString('base64url')
    for (const [field, wrong] of [
      ['endpoint', { endpoint: 'https://127.0.0.1/wpush/1' }],
      ['endpoint', { endpoint: 'https://10.0.0.7:6379/' }],
      ['endpoint', { endpoint: 'http://[::1]/' }],
      ['endpoint', { endpoint: 'http://169.254.169.254/latest/meta-data' }],
      ['endpoint', { endpoint: 'https://localhost.example.net/' }],
      ['endpoint', { endpoint: 'ftp://localhost/' }],
      ['endpoint', { endpoint: `http://user:word@localhost:${service.port}/` }],
      ['endpoint', { endpoint: 'no address' }],
      ['endpoint', { endpoint: `https://localhost/${'x'.repeat(2_000)}` }],
      ['endpoint', { endpoint: 'https://localhost/\u0000' }],
      ['keys.p256dh', { keys: { p256dh: offCurve, auth } }],
      ['keys.p256dh', { keys: { p256dh: 'short', auth } }],
      ['keys.auth', { keys: { p256dh, auth: '' } }],
      ['keys', { keys: null }],
      ['language', { language: 'not a language' }],
    ] as const) {
      const problem = await expectProblem(
        await ask('PUT', created, { ...subscription, ...wrong }),
        400,
        'invalid_body',
      )
      expect(problem.field, JSON.stringify(wrong)).toBe(field)
    }
    await expectProblem(await ask('PUT', created, 'no JSON'), 400, 'invalid_json')
    expect((await expectProblem(await ask('DELETE', created, {}), 400, 'invalid_body')).field).toBe(
      'endpoint',
    )
    expect(pushAnswerSchema.parse(await (await ask('GET', created)).json()).devices).toEqual([])
  })
})

it('[NOTE3] subscriptions go with the link that made them, with the delivery and at its end', async () => {
  const replaced = await api.createDelivery()
  const [old, kept] = [await subscribed(replaced), service.openBrowser()]
  const answer = await api.replaceLink(replaced.delivery.id, 'customer', replaced.rider.token)
  const { token } = (await answer.json()) as { token: string }
  expect((await ask('PUT', replaced, kept.subscription, token)).status).toBe(204)
  await expectProblem(await ask('PUT', replaced, old.subscription), 401, 'unauthenticated')
  await api.postStatus(replaced, 'picked_up')
  await told(kept, ['picked_up'])
  expect(old.statuses()).toEqual([])

  const ended = await api.createPickedUp()
  const { subscription } = await subscribed(ended)
  await api.postStatus(ended, 'delivered')
  for (const [method, body] of [['GET'], ['PUT', subscription], ['DELETE', subscription]] as const)
    await expectProblem(await ask(method, ended, body), 410, 'delivery_ended')
})

describe('[NOTE5] a push service', () => {
  it('that answers 410 or 404 is not asked again for that browser', async () => {
    const created = await api.createDelivery()
    const [gone, unknown, there] = [
      await subscribed(created),
      await subscribed(created),
      await subscribed(created),
    ]
    gone.behave(() => ({ status: 410 }))
    unknown.behave(() => ({ status: 404 }))
    await api.postStatus(created, 'picked_up')
    for (const browser of [gone, unknown, there]) await told(browser, ['picked_up'])
    await pollUntil(
      async () => pushAnswerSchema.parse(await (await ask('GET', created)).json()).devices.length === 1,
      {
        ...SOON,
        what: 'two forgotten',
      },
    )
    await api.postStatus(created, 'delivered')
    await told(there, ['picked_up', 'delivered'])
    expect([gone.statuses(), unknown.statuses()]).toEqual([['picked_up'], ['picked_up']])
  })

  it('that is busy or broken is asked again later, as late as it says; others do not wait for it', async () => {
    const created = await api.createDelivery()
    const [busy, broken, there] = [
      await subscribed(created),
      await subscribed(created),
      await subscribed(created),
    ]
    const once = (browser: Browser, status: number, headers = {}) =>
      browser.behave(() => (browser.received.length === 1 ? { status, headers } : { status: 201 }))
    once(busy, 429, { 'Retry-After': '4' })
    once(broken, 503)
    await api.postStatus(created, 'picked_up')
    await told(there, ['picked_up'])
    await told(broken, ['picked_up', 'picked_up'])
    await told(busy, ['picked_up', 'picked_up'])
    const [first, second] = busy.received.map(({ atMs }) => atMs) as [number, number]
    expect(second - first).toBeGreaterThan(3_900)
    expect(await readMetric(app.url, 'rider_live_notices_total', 'outcome="put_off"')).toBeGreaterThanOrEqual(
      2,
    )
    // A later status does not come on top of the one that waits: it takes its place.
    busy.behave(() => ({ status: busy.received.length === 3 ? 500 : 201 }))
    await api.postStatus(created, 'delivered')
    await told(busy, ['picked_up', 'picked_up', 'delivered', 'delivered'])
  })
})

it('[NOTE7] the group commits as it notes, and its lag is in the metrics beside the others’', async () => {
  await subscribedAndTold()
  const onlooker = lookOn(app)
  const topic = 'delivery-status-changed'
  const atTheEnd = async () => {
    const [ends, committed] = [await onlooker.ends(topic), await onlooker.committed('notify', topic)]
    return ends.every(({ high, partition }) => high === 0 || committed[partition] === high)
  }
  await pollUntil(atTheEnd, { ...SOON, what: 'everything committed' })
  expect((await onlooker.group('notify', topic)).state).toBe('Stable')
  const metrics = await (await fetch(`${app.url}/metrics`)).text()
  expect(metrics).toMatch(
    /^rider_live_consumer_lag_records\{.*group="notify",topic="delivery-status-changed".*\} 0$/m,
  )
})

it('[NOTE6] kill -9 at any moment between a status and its message: it is sent all the same, and once is seen', async () => {
  const dataDir = app.dataDir
  let running = app
  let created = await api.createDelivery()
  let browser = await subscribed(created)
  const again = async () => {
    await running.kill9()
    running = await startApp({ env, dataDir })
    api = createApi(running.url)
  }
  const fresh = async () => {
    const made = await api.createDelivery()
    ;[created, browser] = [made, await subscribed(made)]
  }

  // In the middle of many: some are not read yet, some noted, some on their way, some answered, some done.
  const many = await Promise.all(
    Array.from({ length: 12 }, async () => {
      await fresh()
      const one = { created, browser, taken: false }
      one.browser.behave(() => ({ status: 201, after: delay(30) }))
      return one
    }),
  )
  const riding = many.map(async (one, index) => {
    // Not a wait for something: the kill finds each at another moment.
    await delay(index * 60)
    one.taken = await api.postStatus(one.created, 'picked_up').then(
      ({ ok }) => ok,
      () => false,
    )
  })
  await pollUntil(
    () => many.filter(({ taken, browser: { received } }) => taken && received.length > 0).length >= 4,
    {
      ...SOON,
      what: 'four told',
    },
  )
  await again()
  await Promise.all(riding)
  const taken = many.filter((one) => one.taken)
  expect(taken.length).toBeGreaterThanOrEqual(4)
  for (const one of taken) {
    await pollUntil(() => one.browser.received.length > 0, { ...SOON, what: 'each told' })
    expect(new Set(one.browser.received.map(({ notice }) => `${notice.status} ${notice.atMs}`)).size).toBe(1)
  }

  // While the push service has the message, and has not answered.
  await fresh()
  let answer = () => {}
  const held = new Promise<void>((resolve) => {
    answer = resolve
  })
  browser.behave(() => ({ status: 201, ...(browser.received.length === 1 && { after: held }) }))
  await api.postStatus(created, 'picked_up')
  await told(browser, ['picked_up'])
  await again()
  answer()
  await pollUntil(() => browser.received.length === 2, { ...SOON, what: 'the message that was not answered' })
  // The second takes the place of the first: the same topic for the push service, the same tag and time for the device.
  const [first, second] = browser.received
  expect(second?.headers.topic).toBe(first?.headers.topic)
  expect({ ...second?.notice, url: '' }).toEqual({ ...first?.notice, url: '' })

  // Once it has answered and that is noted: never again, also when the log brings the status again.
  await fresh()
  await api.postStatus(created, 'picked_up')
  await told(browser, ['picked_up'])
  const sent = () => readMetric(running.url, 'rider_live_notices_total', 'outcome="sent"')
  await pollUntil(async () => (await sent()) >= 2, { ...SOON, what: 'noted' })
  await appendAgain(running, created, 'picked_up')
  await api.postStatus(created, 'delivered')
  await told(browser, ['picked_up', 'delivered'])
})
