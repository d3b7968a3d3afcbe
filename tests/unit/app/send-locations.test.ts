import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createServerClock } from '#app/_http/server-clock.ts'
import { createMemoryOutbox } from '#app/rider/[deliveryId]/memory-outbox.ts'
import type { Outbox } from '#app/rider/[deliveryId]/outbox.ts'
import { type LocationPost, type Sender, startSending } from '#app/rider/[deliveryId]/send-locations.ts'
import { type PostLocationsBody, postLocationsBodySchema } from '#contracts/http.ts'
import { PROBLEMS, type ProblemCode } from '#contracts/problem.ts'

type Answer = { code?: ProblemCode; retryAfter?: string } | 'no answer'

let outbox: Outbox
let bodies: PostLocationsBody[]
let answers: Answer[]
let posts: LocationPost[]
let refused: string[]
let sender: Sender

beforeEach(() => {
  vi.useFakeTimers()
  ;[outbox, bodies, answers, posts, refused] = [createMemoryOutbox(), [], [], [], []]
  vi.stubGlobal('fetch', async (_path: string, init: { body: string }) => {
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
  if (!answer.code) {
    const lastSeq = body.locations.at(-1)?.seq
    return Response.json({ accepted: body.locations.length, duplicates: 0, lastSeq }, { status: 202 })
  }
  const { status, title } = PROBLEMS[answer.code]
  const problem = { type: 'about:blank', title, status, code: answer.code, detail: title, requestId: 'r' }
  return Response.json(problem, {
    status,
    headers: answer.retryAfter ? { 'retry-after': answer.retryAfter } : {},
  })
}

async function record(count: number) {
  for (let index = 0; index < count; index++)
    await outbox.add({ lat: 37.5, lng: 127, recordedAtMs: 1_000 + index }, 0)
}
function start() {
  sender = startSending({
    deliveryId: 'd1',
    token: 't',
    outbox,
    clock: createServerClock(Date.now),
    onPost: (post) => posts.push(post),
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
    const first = await outbox.add({ lat: 1, lng: 1, recordedAtMs: 1 }, 41)
    await outbox.remove([first])
    const second = await outbox.add({ lat: 1, lng: 1, recordedAtMs: 2 }, 0)
    start()
    expect([first.seq, second.seq]).toEqual([42, 43])
  })
})
