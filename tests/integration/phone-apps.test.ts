import { beforeAll, describe, expect, it } from 'vitest'
import { deviceCodeAnswerSchema } from '#contracts/device-code.ts'
import type { CreateDeliveryAnswer } from '#contracts/http.ts'
import { type Api, createApi, expectProblem, fixAt } from '../support/api.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { type Customer, connectCustomer } from '../support/customer.ts'
import {
  createPhone,
  OWNTRACKS_DOCUMENTED,
  osmAndQuery,
  ownTracksBody,
  TRACCAR_DOCUMENTED,
  traccarBatch,
  traccarBody,
} from '../support/phone-apps.ts'
import { pollUntil } from '../support/poll-until.ts'
import { readMetric } from '../support/read-metric.ts'

let app: RunningApp
let api: Api
let phone: ReturnType<typeof createPhone>

beforeAll(async () => {
  app = await startApp({
    env: { LOG_LEVEL: 'trace', RATE_LIMIT_ADDRESS: '5000/5000', TRUSTED_PROXIES: '127.0.0.1' },
  })
  api = createApi(app.url)
  phone = createPhone(api)
})

/** Where the rider is after so many points, and when; `agoMs` before now. */
const place = (created: CreateDeliveryAnswer, step: number, agoMs = 0) => {
  const { lat, lng } = fixAt(created, step)
  return { lat, lng, atMs: Date.now() - agoMs }
}
const shown = (customer: Customer) => customer.locations.map(({ location }) => location)
const pushed = (customer: Customer, count: number) =>
  pollUntil(() => (customer.locations.length >= count ? shown(customer) : null), {
    withinMs: 20_000,
    what: `${count} points on the customer’s socket`,
  })
async function watched() {
  const created = await api.createPickedUp()
  const { code } = await phone.codeOf(created)
  const customer = connectCustomer(app.url, { token: created.customer.token })
  await customer.greeted()
  return { created, code, customer }
}
const answerOf = async (response: Response) => {
  const text = await response.text()
  expect({ status: response.status, text }).toMatchObject({ status: 200 })
  return JSON.parse(text)
}

describe('[APP1] the device code', () => {
  it('is ten characters that are not mistaken for one another, with the addresses to enter and OwnTracks’ own link', async () => {
    const created = await api.createDelivery()
    const response = await api.call(`/api/deliveries/${created.delivery.id}/device-code`, {
      method: 'POST',
      token: created.rider.token,
      headers: { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'rides.example' },
    })
    expect(response.status).toBe(201)
    const { code, traccar, owntracks } = deviceCodeAnswerSchema.parse(await response.json())
    expect(traccar).toEqual({ url: 'https://rides.example/api/devices/traccar' })
    const url = 'https://rides.example/api/devices/owntracks'
    expect(owntracks).toMatchObject({ url, user: 'rider' })
    const [, inline = ''] = owntracks.configUrl.split('owntracks:///config?inline=')
    const config = JSON.parse(Buffer.from(decodeURIComponent(inline), 'base64').toString())
    expect(config).toMatchObject({ _type: 'configuration', mode: 3, auth: true, url, password: code })
  })

  it('a new one replaces it; only the rider gets one, ten a minute, and none after the end', async () => {
    const created = await api.createPickedUp()
    const { code: old } = await phone.codeOf(created)
    const { code } = await phone.codeOf(created)
    await expectProblem(await phone.traccar(traccarBody(old, place(created, 1))), 401, 'unauthenticated')
    expect(await answerOf(await phone.traccar(traccarBody(code, place(created, 1))))).toMatchObject({
      accepted: 1,
    })
    const path = `/api/deliveries/${created.delivery.id}/device-code`
    const ask = (token?: string) => api.call(path, { method: 'POST', ...(token && { token }) })
    await expectProblem(await ask(), 401, 'unauthenticated')
    await expectProblem(await ask(created.customer.token), 403, 'forbidden')
    const more = await Promise.all(Array.from({ length: 30 }, () => ask(created.rider.token)))
    const given = more.filter(({ status }) => status === 201).length
    // Two were given before, and one more may be every six seconds.
    expect(given).toBeGreaterThanOrEqual(8)
    expect(given).toBeLessThan(30)
    expect(more.find(({ status }) => status === 429)?.headers.get('retry-after')).toMatch(/^\d+$/)
    const ended = await api.createPickedUp()
    await api.postStatus(ended, 'delivered')
    const refused = await api.call(`/api/deliveries/${ended.delivery.id}/device-code`, {
      method: 'POST',
      token: ended.rider.token,
    })
    await expectProblem(refused, 410, 'delivery_ended')
  })
})

it('[APP2] what Traccar Client sends is on the customer’s socket, alone or several in one body', async () => {
  const { created, code, customer } = await watched()
  const before = await readMetric(app.url, 'rider_live_app_posts_total', 'app="traccar"')
  const first = place(created, 1)
  expect(await answerOf(await phone.traccar(traccarBody(code, first)))).toMatchObject({ accepted: 1 })
  const [location] = await pushed(customer, 1)
  expect(location).toMatchObject({
    recordedAtMs: first.atMs,
    accuracyM: 4.8,
    speedMps: 6.3,
    headingDeg: 71.5,
  })
  const batch = [place(created, 2, -1_000), place(created, 3, -3_000)]
  const answer = await answerOf(await phone.traccar(traccarBatch(code, batch)))
  expect(answer).toMatchObject({ accepted: 2, duplicates: 0, lastSeq: expect.any(Number) })
  const seqs = (await pushed(customer, 3)).map(({ seq }) => seq)
  expect(seqs.at(-1)).toBe(answer.lastSeq)
  // Nothing is missing between the last two, which are two seconds apart.
  expect(customer.locations[2]?.prevSeq).toBe(seqs[1])
  // By the second of the capture.
  expect(Math.abs((seqs[2] ?? 0) - (seqs[0] ?? 0) - 3)).toBeLessThanOrEqual(1)
  expect(await readMetric(app.url, 'rider_live_app_posts_total', 'app="traccar"')).toBe(before + 2)
})

it('[APP3] the older parameters do as well: in the query of a GET or POST, or as a form; speed in knots', async () => {
  const { created, code, customer } = await watched()
  const [one, two, three] = [0, -3_000, -6_000].map((agoMs, i) =>
    osmAndQuery(code, place(created, i + 1, agoMs)),
  ) as [string, string, string]
  await answerOf(await phone.osmAnd('GET', one))
  await answerOf(await phone.osmAnd('POST', two))
  await answerOf(await phone.form(three))
  const [location] = await pushed(customer, 3)
  expect(location).toMatchObject({ speedMps: 7.7, headingDeg: 270, accuracyM: 10 })
})

it('[APP4] what OwnTracks sends is on the customer’s socket; it is answered [], for other messages as well', async () => {
  const { created, code, customer } = await watched()
  expect(await answerOf(await phone.ownTracks(code, ownTracksBody(place(created, 1))))).toEqual([])
  const [location] = await pushed(customer, 1)
  expect(location).toMatchObject({ speedMps: 10, headingDeg: 71, accuracyM: 9 })
  for (const other of ['{"_type":"lwt","tst":1}', '{"_type":"encrypted","data":"x"}', ''])
    expect(await answerOf(await phone.ownTracks(code, other))).toEqual([])
  // As a person types it, and whatever the user is called.
  const typed = `${code.slice(0, 5).toLowerCase()}-${code.slice(5)}`
  expect(await answerOf(await phone.ownTracks(typed, ownTracksBody(place(created, 2)), 'jane'))).toEqual([])
})

it('[APP5] sent twice it is stored once, by whichever app; an older one is stored, and never moves the marker', async () => {
  const { created, code, customer } = await watched()
  // Before this the code could not be used: what is older is of another ride.
  const [old, older, now] = [place(created, 1, 0), place(created, 2, 3_600_000), place(created, 3, -2_000)]
  const send = async (at: typeof now) => await answerOf(await phone.traccar(traccarBody(code, at)))
  await send(now)
  expect(await send(now)).toMatchObject({ accepted: 0, duplicates: 1 })
  expect(await send(old)).toMatchObject({ accepted: 1 })
  expect(await send(older)).toMatchObject({ accepted: 0, ignored: 1 })
  await phone.ownTracks(code, ownTracksBody(place(created, 4, -4_000)))
  await phone.ownTracks(code, ownTracksBody(place(created, 4, -4_000)))
  await pushed(customer, 2)
  const history = await api.historyOf(created, created.rider.token)
  const times = history.map(({ seq }) => seq)
  expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b))
  expect(history.filter(({ lat, lng }) => lat === now.lat && lng === now.lng)).toHaveLength(1)
  const current = await api.call(`/api/deliveries/${created.delivery.id}/location`, {
    token: created.customer.token,
  })
  expect(await current.json()).toMatchObject({ seq: times.at(-1) })
})

describe('[APP7] with a time that cannot be, byte for byte as the makers document it', () => {
  it('OwnTracks’ of 2017 is shown as of now, and stored once', async () => {
    const created = await api.createDelivery({
      store: { name: 'Trocadéro', lat: 48.8616, lng: 2.2893 },
      destination: { name: 'Champ de Mars', lat: 48.8556, lng: 2.2986 },
    })
    await api.postStatus(created, 'picked_up')
    const { code } = await phone.codeOf(created)
    const customer = connectCustomer(app.url, { token: created.customer.token })
    await customer.greeted()
    for (const _ of [1, 2])
      expect(await answerOf(await phone.ownTracks(code, OWNTRACKS_DOCUMENTED))).toEqual([])
    const [location] = await pushed(customer, 1)
    expect(location).toMatchObject({ lat: 48.85833, lng: 2.29513 })
    expect(location?.recordedAtMs).toBe(location?.receivedAtMs)
    expect(await api.historyOf(created, created.rider.token)).toHaveLength(1)
  })

  it('Traccar Client’s at 0,0 is stored once and not believed', async () => {
    const { created, code } = await watched()
    const body = TRACCAR_DOCUMENTED(code)
    expect(await answerOf(await phone.traccar(body))).toMatchObject({ accepted: 1 })
    expect(await answerOf(await phone.traccar(body))).toMatchObject({ accepted: 0, duplicates: 1 })
    expect(await api.historyOf(created, created.rider.token)).toMatchObject([{ implausible: true }])
  })
})

it('[APP8] with the first post of a code the app rides; when the page takes over it is 409, until there is a new code', async () => {
  const { created, code } = await watched()
  const page = (seq: number) =>
    api.postLocations(created, [fixAt(created, seq)], { 'X-Rider-Device': 'the page' })
  await api.postDevice(created, 'the page')
  expect((await page(1)).status).toBe(202)
  const answer = await answerOf(await phone.traccar(traccarBody(code, place(created, 1))))
  expect(answer.lastSeq).toBeGreaterThan(1)
  await expectProblem(await page(2), 409, 'other_device')
  await api.postDevice(created, 'the page')
  expect((await page(answer.lastSeq + 1)).status).toBe(202)
  await expectProblem(await phone.traccar(traccarBody(code, place(created, 2))), 409, 'other_device')
  const { code: next } = await phone.codeOf(created)
  expect((await phone.traccar(traccarBody(next, place(created, 3, -3_000)))).status).toBe(200)
})

it('[APP9] at pick-up the page’s own number says nothing of the app’s: no point from before it is shown', async () => {
  const created = await api.createDelivery()
  await api.postLocations(created, [fixAt(created, 1)])
  const { code } = await phone.codeOf(created)
  const before = [place(created, 1), place(created, 2, -1_000)]
  await answerOf(await phone.traccar(traccarBatch(code, before)))
  expect((await api.postStatus(created, 'picked_up', { atSeq: 1 })).status).toBe(200)
  const { atMs } = place(created, 3, -60_000)
  await answerOf(await phone.traccar(traccarBody(code, { ...place(created, 3), atMs })))
  const seen = await api.historyOf(created, created.customer.token)
  // The last place before it, which is the store's, and what was captured later.
  expect(seen.length).toBeLessThanOrEqual(2)
  expect(seen[0]?.seq).toBeGreaterThan(1)
})

it('[APP10] after the end what was captured before it is taken, the rest 410', async () => {
  const { created, code } = await watched()
  const before = place(created, 1)
  await api.postStatus(created, 'delivered')
  expect(await answerOf(await phone.traccar(traccarBody(code, before)))).toMatchObject({ accepted: 1 })
  const { atMs } = place(created, 2, -5_000)
  const after = traccarBody(code, { ...place(created, 2), atMs })
  await expectProblem(await phone.traccar(after), 410, 'delivery_ended')
})

it('[APP12] a bad body is 400 with the member that is wrong; nothing is taken', async () => {
  const { created, code } = await watched()
  const at = place(created, 1)
  for (const [body, field] of [
    [traccarBody(code, { ...at, lat: 91 }), 'location.coords.latitude'],
    [traccarBody(code, at).replace(/"timestamp": "[^"]+"/, '"timestamp": "now"'), 'location.timestamp'],
    [`{"location":[],"device_id":"${code}"}`, 'location'],
    ['{"location":{}}', 'device_id'],
  ] as const) {
    const problem = await expectProblem(await phone.traccar(body), 400, 'invalid_body')
    expect(problem.field).toContain(field.split('.')[0])
  }
  await expectProblem(await phone.traccar('{'), 400, 'invalid_json')
  await expectProblem(await phone.ownTracks(code, '{'), 400, 'invalid_json')
  const noTime = '{"_type":"location","lat":1,"lon":2}'
  expect(await expectProblem(await phone.ownTracks(code, noTime), 400, 'invalid_body')).toMatchObject({
    field: 'tst',
  })
  await expectProblem(await phone.osmAnd('GET', `id=${code}&lat=1`), 400, 'invalid_body')
  expect(await api.historyOf(created, created.rider.token)).toEqual([])
})

it('[APP11] a wrong code is 401, of 1,000 nearly all 429; a phone with a right one at the same address is served', async () => {
  const { created, code } = await watched()
  const from = { 'X-Forwarded-For': '203.0.113.9' }
  const send = (each: string, at = place(created, 1)) => phone.traccar(traccarBody(each, at), from)
  expect((await send(code)).status).toBe(200)
  const wrong = await expectProblem(await send('AAAAAAAAAA'), 401, 'unauthenticated')
  expect(wrong).not.toHaveProperty('field')
  const statuses: number[] = []
  for (let i = 0; i < 1_000; i += 100) {
    const some = Array.from({ length: 100 }, (_, k) =>
      send(`WR${String(i + k + 22222222).replaceAll(/[01]/g, 'X')}`),
    )
    statuses.push(...(await Promise.all(some)).map(({ status }) => status))
  }
  expect(new Set(statuses)).toEqual(new Set([401, 429]))
  expect(statuses.filter((status) => status === 401).length).toBeLessThan(200)
  const limited = await send('BBBBBBBBBB')
  expect(limited.headers.get('retry-after')).toMatch(/^\d+$/)
  await expectProblem(limited, 429, 'rate_limited')
  // A right code that was never shown before is not told apart from a wrong one; one that was is served.
  const { code: unseen } = await phone.codeOf(await api.createPickedUp())
  await expectProblem(await send(unseen), 429, 'rate_limited')
  expect((await send(code, place(created, 2, -2_000))).status).toBe(200)
  const anonymous = await api.call('/api/devices/owntracks', { method: 'POST', body: OWNTRACKS_DOCUMENTED })
  expect(anonymous.headers.get('www-authenticate')).toMatch(/^Basic /)
  await expectProblem(anonymous, 401, 'unauthenticated')
})

it('[APP13] no code is in what the server prints, at any level, wherever in the request it stood', async () => {
  const { created, code } = await watched()
  const wrong = 'ZZZZZ22222'
  for (const each of [code, wrong]) {
    await phone.osmAnd('GET', osmAndQuery(each, place(created, 1)))
    await phone.osmAnd('POST', `id=${each}`)
    await phone.traccar(traccarBody(each, place(created, 2)))
    await phone.ownTracks(each, '{')
  }
  const last = await phone.osmAnd('GET', `id=${code}&lat=1`)
  const id = last.headers.get('x-request-id') ?? ''
  await pollUntil(() => app.logs().includes(id), { withinMs: 20_000, what: 'the line of the last call' })
  for (const each of [code, wrong]) expect(app.logs()).not.toContain(each)
})
