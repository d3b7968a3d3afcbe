import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createServerClock } from '#app/_http/server-clock.ts'
import { createMemoryOutbox } from '#app/_rider/outbox/memory-outbox.ts'
import type { Outbox } from '#app/_rider/outbox/outbox.ts'
import type { LocationPost } from '#app/_rider/sending/post-locations.ts'
import { type Sender, startSending } from '#app/_rider/sending/send-locations.ts'
import { type PostLocationsBody, postDeviceBodySchema, postLocationsBodySchema } from '#contracts/http.ts'
import { PROBLEMS, type ProblemCode } from '#contracts/problem.ts'

type Answer =
  | {
      code?: ProblemCode
      retryAfter?: string
      field?: string
      conflicts?: number[]
      lastSeq?: number
      nextReportMs?: number
    }
  | { foreign: number }
  | 'no answer'

let outbox: Outbox
let bodies: PostLocationsBody[]
let answers: Answer[]
let posts: LocationPost[]
let refused: string[]
let claims: string[]
let elsewhere: number
let devices: (string | undefined)[]
let sender: Sender

beforeEach(() => {
  vi.useFakeTimers()
  ;[outbox, bodies, answers, posts, refused] = [createMemoryOutbox(), [], [], [], []]
  ;[claims, elsewhere, devices] = [[], 0, []]
  vi.stubGlobal('fetch', async (path: string, init: { body: string; headers: Record<string, string> }) => {
    if (path.endsWith('/device')) return Response.json(postDeviceBodySchema.parse(JSON.parse(init.body)))
    devices.push(init.headers['X-Rider-Device'])
    const body = postLocationsBodySchema.parse(JSON.parse(init.body))
    bodies.push(body)
    return respond(answers.shift() ?? {}, body)
  })
})
afterEach(() => {
  sender.stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function respond(answer: Answer, body: PostLocationsBody): Response {
  if (answer === 'no answer') throw new TypeError('fetch failed')
  if ('foreign' in answer) return new Response('<html>', { status: answer.foreign })
  if (!answer.code) {
    const { conflicts, nextReportMs, lastSeq = body.locations.at(-1)?.seq } = answer
    const duplicates = conflicts?.length ?? 0
    const accepted = body.locations.length - duplicates
    const answered = { accepted, duplicates, lastSeq, nextReportMs, ...(conflicts && { conflicts }) }
    return Response.json(answered, { status: 202 })
  }
  const { status, title } = PROBLEMS[answer.code]
  const problem = {
    type: 'about:blank',
    title,
    status,
    code: answer.code,
    detail: title,
    requestId: 'r',
    field: answer.field,
  }
  return Response.json(problem, {
    status,
    headers: answer.retryAfter ? { 'retry-after': answer.retryAfter } : {},
  })
}

async function record(count: number) {
  for (let index = 0; index < count; index++)
    await outbox.add({ lat: 37.5, lng: 127, recordedAtMs: 1_000 + index })
}
function start() {
  sender = startSending({
    deliveryId: 'd1',
    token: 't',
    deviceId: 'phone',
    outbox,
    clock: createServerClock(Date.now),
    onPost: (post) => posts.push(post),
    onClaim: ({ failure }) => claims.push(failure?.code ?? 'fine'),
    onOtherDevice: () => elsewhere++,
    onRefused: (failure) => refused.push(failure.code ?? ''),
  })
}
const seqsOf = (body: PostLocationsBody | undefined) => body?.locations.map(({ seq }) => seq)

describe('sending', () => {
  it('[SEND1] a point leaves the outbox only when the server says that it has it', async () => {
    await record(1)
    answers = ['no answer', { code: 'log_unavailable' }, { code: 'internal' }]
    start()
    await vi.advanceTimersByTimeAsync(60)
    expect((await outbox.waiting()).count).toBe(1)
    await vi.advanceTimersByTimeAsync(10_000)
    const outcomes = posts.map(({ failure }) => failure && (failure.code ?? 'no answer'))
    expect(outcomes).toEqual(['no answer', 'log_unavailable', 'internal', null])
    expect((await outbox.waiting()).count).toBe(0)
    expect(bodies.map(seqsOf)).toEqual([[1], [1], [1], [1]])
  })

  it('[SEND2] oldest first, up to 100 in one POST, one POST at a time', async () => {
    await record(250)
    start()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(bodies.map((body) => body.locations.length)).toEqual([100, 100, 50])
    expect(bodies.flatMap(seqsOf)).toEqual(Array.from({ length: 250 }, (_, index) => index + 1))
  })

  it('[RIDE19] tells how soon the server wants the next report, and nothing of it after a failure or an answer without', async () => {
    await record(1)
    answers = [{ nextReportMs: 10_000 }, 'no answer', {}, { nextReportMs: 3_000 }]
    start()
    for (let count = 0; count < 3; count++) {
      await vi.advanceTimersByTimeAsync(3_000)
      await record(1)
      sender.wake()
    }
    await vi.advanceTimersByTimeAsync(3_000)
    expect(posts.map(({ nextReportMs }) => nextReportMs)).toEqual([10_000, null, null, 3_000, null])
  })

  it('[SEND2] sends what comes while it sleeps', async () => {
    start()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(bodies).toHaveLength(0)
    await record(1)
    sender.wake()
    await vi.advanceTimersByTimeAsync(200)
    expect(bodies.map(seqsOf)).toEqual([[1]])
  })

  it('[SEND3] waits as long as Retry-After says, and new points do not shorten it', async () => {
    await record(1)
    answers = [{ code: 'rate_limited', retryAfter: '7' }]
    start()
    await vi.advanceTimersByTimeAsync(5_000)
    sender.wake()
    await vi.advanceTimersByTimeAsync(1_900)
    expect(bodies).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(700)
    expect(bodies).toHaveLength(2)
  })

  it('[SEND3] tries at once when the network is back', async () => {
    await record(1)
    answers = [{ code: 'log_unavailable', retryAfter: '60' }]
    start()
    await vi.advanceTimersByTimeAsync(100)
    sender.retryNow()
    await vi.advanceTimersByTimeAsync(100)
    expect(bodies).toHaveLength(2)
  })

  it('[SEND3] a network that is back but needs a moment to carry is not waited for long', async () => {
    await record(1)
    answers = Array<Answer>(50).fill('no answer')
    start()
    await vi.advanceTimersByTimeAsync(60_000)
    const before = bodies.length
    answers = ['no answer']
    sender.retryNow()
    await vi.advanceTimersByTimeAsync(1_000)
    expect([bodies.length - before, (await outbox.waiting()).count]).toEqual([2, 0])
  })

  it.each(['unauthenticated', 'forbidden', 'delivery_ended'] as const)(
    '[SEND4] ends with words on %s',
    async (code) => {
      await record(1)
      answers = [{ code }]
      start()
      await vi.advanceTimersByTimeAsync(120_000)
      expect([bodies.length, refused]).toEqual([1, [code]])
    },
  )

  it('[SEND5] numbers go on after the highest known, and are never given twice', async () => {
    outbox.raise(41)
    const first = await outbox.add({ lat: 1, lng: 1, recordedAtMs: 1 })
    outbox.remove([first.seq])
    outbox.raise(3)
    const second = await outbox.add({ lat: 1, lng: 1, recordedAtMs: 2 })
    start()
    expect([first.seq, second.seq]).toEqual([42, 43])
  })

  it('[SEND7] R14: points whose numbers stand for something else get new ones behind the newest, and are sent again', async () => {
    await record(4)
    answers = [{ conflicts: [2, 3], lastSeq: 9 }]
    start()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(bodies.map(seqsOf)).toEqual([
      [1, 2, 3, 4],
      [10, 11],
    ])
    const placeOf = (body: PostLocationsBody | undefined, seq: number) =>
      body?.locations.find((fix) => fix.seq === seq)?.recordedAtMs
    expect(placeOf(bodies[1], 10)).toBe(placeOf(bodies[0], 2))
    expect(posts.map(({ fixes, renumbered }) => [fixes.map(({ seq }) => seq), renumbered])).toEqual([
      [[1, 4], 2],
      [[10, 11], 0],
    ])
    expect(outbox.waiting().count).toBe(0)
  })

  it('[TAKE2] R14: another device rides: nothing more is sent, and everything kept, until this one claims the ride', async () => {
    await record(2)
    answers = [{ code: 'other_device' }]
    start()
    await vi.advanceTimersByTimeAsync(60_000)
    await record(1)
    sender.wake()
    sender.retryNow()
    await vi.advanceTimersByTimeAsync(60_000)
    expect([bodies.length, elsewhere, outbox.waiting().count, refused]).toEqual([1, 1, 3, []])
    sender.claim()
    await vi.advanceTimersByTimeAsync(1_000)
    expect([claims, bodies.map(seqsOf)[1], outbox.waiting().count]).toEqual([['fine'], [1, 2, 3], 0])
    expect(new Set(devices)).toEqual(new Set(['phone']))
  })

  it('[SEND8] R2: a point for which the server refuses a post is left out, and the others go', async () => {
    await record(4)
    answers = [{ code: 'invalid_body', field: 'locations.2.lat' }]
    start()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(bodies.map(seqsOf)).toEqual([
      [1, 2, 3, 4],
      [1, 2, 4],
    ])
    expect([posts[0]?.unsendable, refused, outbox.waiting().count]).toEqual([1, [], 0])
  })

  it('[SEND4] what is not the server’s own answer ends nothing', async () => {
    await record(1)
    answers = [{ foreign: 403 }, { foreign: 404 }]
    start()
    await vi.advanceTimersByTimeAsync(10_000)
    expect([bodies.length, refused, outbox.waiting().count]).toEqual([3, [], 0])
  })
})
