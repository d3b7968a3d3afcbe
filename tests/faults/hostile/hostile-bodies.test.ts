import { expect } from 'vitest'
import { problemSchema } from '#contracts/problem.ts'
import { createApi, expectProblem, fixAt } from '../../support/api.ts'
import { startApp } from '../../support/app.ts'
import { pollUntil } from '../../support/poll-until.ts'
import { openRaw } from '../../support/raw-connection.ts'
import { expectListedProblem } from '../support/expect-listed-problem.ts'
import { faultRow } from '../support/fault-row.ts'
import { requestFrom } from '../support/request-from.ts'
import { seed } from '../support/seed.ts'
import { storedSeqs } from '../support/settle-accounts.ts'
import { startTraffic, UNLIMITED } from '../support/traffic.ts'
import { type BrokenRequest, brokenRequests } from './broken-requests.ts'
import { type FuzzedBody, fuzzedBodies } from './fuzzed-bodies.ts'

const BODIES = 10_000
const AT_ONCE = 8
/** 5,000 bodies that left 6 KB each behind would be more. */
const GROWN_MB = 30

faultRow(
  '[FAULT19] oversized, truncated, non-JSON, NaN/Infinity, out-of-range and prototype-polluting bodies',
  {
    promise:
      'Each gets its listed problem, in the one shape; nothing of it is stored, nothing is left behind, and others are served.',
    injected: `${BODIES.toLocaleString('en')} bodies by chance at the three calls that take one, and requests that are broken as HTTP; 2 riders and 4 customers meanwhile`,
  },
  async () => {
    // A heap so small has to be tidied up again and again: what it never falls below is what is held.
    const app = await startApp({
      env: { ...UNLIMITED, LOG_LEVEL: 'warn', NODE_OPTIONS: '--max-old-space-size=256' },
    })
    const api = createApi(app.url)
    const traffic = await startTraffic({ urls: () => [app.url], rides: 2, everyMs: 200 })
    const created = await api.createDelivery()
    const base = `/api/deliveries/${created.delivery.id}`
    const paths = { locations: `${base}/locations`, status: `${base}/status`, create: '/api/deliveries' }
    const ask = requestFrom('127.0.0.1', app.port, AT_ONCE)

    const random = seed()
    const answers = new Map<string, number>()
    const bodies = fuzzedBodies(BODIES, random)
    // What the first ones cost is code that is compiled and pools that are filled.
    const warmUp = bodies.splice(0, BODIES / 2)
    const before = await leastHeapMb(sendAll(warmUp))
    const after = await leastHeapMb(sendAll(bodies))
    expect(after - before).toBeLessThan(GROWN_MB)
    const broken = brokenRequests({ path: paths.locations, token: created.rider.token })
    for (const request of broken) await expectOutcome(request)

    // Had a prototype been polluted, an empty body would have its members now.
    const post = (path: string, body: unknown) =>
      api.call(path, { method: 'POST', token: created.rider.token, body })
    expect(await expectProblem(await post(paths.status, {}), 400, 'invalid_body')).toMatchObject({
      field: 'status',
    })
    expect(await expectProblem(await post(paths.locations, {}), 400, 'invalid_body')).toMatchObject({
      field: 'locations',
    })
    expect(
      await expectProblem(await post(paths.locations, { locations: [{}] }), 400, 'invalid_body'),
    ).toMatchObject({
      field: 'locations.0.seq',
    })
    const snapshot = await (await api.call(base, { token: created.rider.token })).json()
    expect(snapshot).toMatchObject({ delivery: { status: 'accepted' }, lastLocation: null, lastSeq: 0 })
    // The first point there is: whatever had been taken for one would be known already.
    const first = await api.postLocations(created, [fixAt(created, 1), fixAt(created, 7)])
    expect(await first.json()).toMatchObject({ accepted: 2, duplicates: 0, lastSeq: 7 })
    expect(await storedSeqs(app.url, created)).toEqual([1, 7])

    for (const ride of traffic.rides) expect([...ride.answers.keys()]).toEqual([202])
    expect(app.logs()).not.toMatch(/"level":[56]0/)
    const figures = await traffic.settle()
    const told = [...answers]
      .sort(([, a], [, b]) => b - a)
      .map(([code, count]) => `${count.toLocaleString('en')} × ${code}`)
    return {
      ...figures,
      seen: `${told.join(', ')}; ${broken.length} broken requests; heap ${before.toFixed(0)} MB in the first half, ${after.toFixed(0)} MB in the second; seed ${random}`,
    }

    /** Just after a garbage collection it is what is held; in between it is what lies about. */
    async function leastHeapMb(during: Promise<void>): Promise<number> {
      let least = Number.POSITIVE_INFINITY
      let over = false
      void during.finally(() => {
        over = true
      })
      while (!over) {
        const metrics = await (await api.call('/metrics')).text()
        const bytes = Number(/^nodejs_heap_size_used_bytes\{.*\} (\d+)$/m.exec(metrics)?.[1])
        least = Math.min(least, bytes / 1_024 ** 2)
      }
      await during
      return least
    }

    async function sendAll(list: FuzzedBody[]): Promise<void> {
      const rest = list.values()
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          for (const body of rest) await send(body)
        }),
      )
    }

    async function send({ target, bytes, contentType, code }: FuzzedBody): Promise<void> {
      const what = `${target} ${contentType} ${bytes.subarray(0, 300).toString('latin1')}`
      const headers = { authorization: `Bearer ${created.rider.token}`, 'content-type': contentType }
      const answer = await ask({ method: 'POST', path: paths[target], headers, body: bytes })
      expect({ what, code: expectListedProblem(answer, what).code }).toEqual({ what, code })
      answers.set(code, (answers.get(code) ?? 0) + 1)
    }

    async function expectOutcome({ what, bytes, ends, outcome }: BrokenRequest): Promise<void> {
      const connection = await openRaw(app.port)
      if (ends) connection.socket.end(bytes)
      else connection.socket.write(bytes)
      await pollUntil(() => connection.socket.closed, { withinMs: 10_000, what: `the end of ${what}` })
      const [head = '', body = ''] = connection.received().split(/\r\n\r\n(.*)/s)
      const status = Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1])
      const headers = Object.fromEntries(
        head
          .split('\r\n')
          .slice(1)
          .map((line) => [line.split(':', 1)[0]?.toLowerCase(), line.replace(/^[^:]*: */, '')]),
      )
      // Next sends its answers in chunks.
      const text =
        headers['transfer-encoding'] === 'chunked' ? body.replace(/^[0-9a-f]+\r\n|\r\n0\r\n\r\n$/g, '') : body
      const seen =
        head === ''
          ? 'no answer'
          : status === 431
            ? `431 ${problemSchema.parse(JSON.parse(text)).code}`
            : expectListedProblem({ status, headers, text }, what).code
      expect([outcome].flat(), what).toContain(seen)
    }
  },
)
