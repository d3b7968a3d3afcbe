import { startApp } from '../../support/app.ts'
import { faultRow } from '../support/fault-row.ts'
import { startKafkaThatBreaks } from '../support/kafka-that-breaks.ts'
import { startTraffic, UNLIMITED } from '../support/traffic.ts'

const KILLS = 3

faultRow(
  '[FAULT2] broker killed in the middle of traffic, and back',
  {
    promise: 'What was acknowledged is stored once and reaches every customer; the rest waits at the riders.',
    injected: `kill -9 of the broker, ${KILLS} times, 2 s away each time; 10 riders at 10 points/s each, 20 customers`,
  },
  async () => {
    const kafka = await startKafkaThatBreaks()
    const app = await startApp({ env: { ...kafka.settings, ...UNLIMITED } })
    const traffic = await startTraffic({ urls: () => [app.url], rides: 10, everyMs: 100 })
    const recoveries: number[] = []
    for (let kill = 1; kill <= KILLS; kill += 1) {
      await traffic.flows(200)
      await kafka.kill9()
      // How long it is away, not a wait for something.
      await new Promise((resolve) => setTimeout(resolve, 2_000))
      await kafka.start()
      recoveries.push(await traffic.recovered())
    }
    return { ...(await traffic.settle()), recoveredInMs: Math.max(...recoveries) }
  },
)
