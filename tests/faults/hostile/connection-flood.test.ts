import { expect } from 'vitest'
import { memoryOf } from '../../../bench/support/memory.ts'
import { startApp } from '../../support/app.ts'
import { atEnd } from '../../support/at-end.ts'
import { pollUntil } from '../../support/poll-until.ts'
import { openRaw, type RawConnection } from '../../support/raw-connection.ts'
import { faultRow } from '../support/fault-row.ts'
import { startTraffic } from '../support/traffic.ts'

const CONNECTS = 10_000
const AT_ONCE = 500
/** The default. */
const MOST_OF_ONE_ADDRESS = 4_000
/** Linux answers on all of 127.0.0.0/8. */
const SOMEBODY_ELSE = '127.0.0.2'

faultRow(
  '[FAULT23] 10,000 connects from one address',
  {
    promise: "The address uses up its own places and nobody else's; when it lets go, it is served again.",
    injected: `${CONNECTS.toLocaleString('en')} connections from one address, ${AT_ONCE} at a time, each kept; 5 riders at 5 points/s each and 10 customers from another; default limits`,
  },
  async ({ skip }) => {
    skip(process.platform !== 'linux', 'this machine has one address')
    const app = await startApp()
    const traffic = await startTraffic({ urls: () => [app.url], everyMs: 200 })
    await traffic.flows(100)
    const before = traffic.postsP99Ms()
    const calm = memoryOf(app.pid)

    const flood: RawConnection[] = []
    const letGo = () => {
      for (const { socket } of flood) socket.destroy()
    }
    atEnd(letGo)
    const startedMs = performance.now()
    while (flood.length < CONNECTS) {
      flood.push(
        ...(await Promise.all(Array.from({ length: AT_ONCE }, () => openRaw(app.port, SOMEBODY_ELSE)))),
      )
    }
    const perSecond = Math.round(CONNECTS / ((performance.now() - startedMs) / 1_000))
    await pollUntil(() => flood.filter(({ socket }) => !socket.closed).length <= MOST_OF_ONE_ADDRESS, {
      withinMs: 20_000,
      what: 'all beyond the cap are closed',
    })
    await traffic.flows(100)
    const during = traffic.postsP99Ms()
    const crowded = memoryOf(app.pid)
    letGo()
    await pollUntil(
      async () => (await ask(await openRaw(app.port, SOMEBODY_ELSE))).startsWith('HTTP/1.1 200'),
      {
        withinMs: 20_000,
        what: 'an answer for the address of the flood',
      },
    )
    for (const { answers } of traffic.rides) expect([...answers.keys()]).toEqual([202])
    for (const { counts } of traffic.followers) expect(counts.connects).toBe(1)

    const figures = await traffic.settle()
    return {
      ...figures,
      seen: `${perSecond.toLocaleString('en')} connects/s; p99 of the others' posts ${before} ms before, ${during} ms meanwhile; memory ${calm.rssMb.toFixed(0)} MB before, ${crowded.rssMb.toFixed(0)} MB with all of them`,
    }
  },
)

async function ask(connection: RawConnection): Promise<string> {
  connection.socket.write('GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n')
  const answer = await pollUntil(() => connection.received(), { withinMs: 3_000, what: 'an answer' })
  connection.socket.destroy()
  return answer
}
