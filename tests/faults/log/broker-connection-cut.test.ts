import { startApp } from '../../support/app.ts'
import { pollUntil } from '../../support/poll-until.ts'
import { faultRow } from '../support/fault-row.ts'
import { startKafkaThatBreaks } from '../support/kafka-that-breaks.ts'
import { startTraffic, UNLIMITED } from '../support/traffic.ts'

const ROUNDS = 20
/** Small answers are acknowledgements and heartbeats, larger ones carry records; so it is with requests. */
const CUTS = [
  { what: 'answers', leastBytes: 8 },
  { what: 'requests', leastBytes: 200 },
  { what: 'answers', leastBytes: 300 },
] as const

faultRow(
  '[FAULT4] broker connection cut in the middle of a frame',
  {
    promise: 'Half a frame is no frame: what it carried comes whole afterwards, once.',
    injected: `connections cut in the middle of requests and of answers, in ${ROUNDS} rounds; 10 riders at 10 points/s each, 20 customers`,
  },
  async () => {
    const kafka = await startKafkaThatBreaks()
    const app = await startApp({ env: { ...kafka.settings, ...UNLIMITED } })
    const traffic = await startTraffic({ urls: () => [app.url], rides: 10, everyMs: 100 })
    for (let round = 0; round < ROUNDS; round += 1) {
      await traffic.flows(50)
      const { what, leastBytes } = CUTS[round % CUTS.length] as (typeof CUTS)[number]
      const before = kafka.proxy.cuts()
      kafka.proxy.cutMidFrame(leastBytes, what)
      await pollUntil(() => kafka.proxy.cuts() > before, { withinMs: 90_000, what: `a cut in the ${what}` })
      kafka.proxy.pass()
    }
    const recoveredInMs = await traffic.recovered()
    const seen = `${kafka.proxy.cuts()} connections cut`
    return { ...(await traffic.settle()), recoveredInMs, seen }
  },
)
