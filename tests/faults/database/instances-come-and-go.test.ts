import type { RunningApp } from '../../support/app.ts'
import { faultRow } from '../support/fault-row.ts'
import { startInstallation } from '../support/installation.ts'
import { startTraffic } from '../support/traffic.ts'

faultRow(
  '[FAULT16] group going 1 → 3 → 2 → 1 instances under load',
  {
    promise: 'Whoever has which partitions, every point is stored once, and every customer has every point.',
    injected:
      'two instances join; one leaves by SIGTERM, the first one by kill -9; 12 riders at 10 points/s each over all instances, 24 customers; one PostgreSQL',
  },
  async () => {
    const { start } = await startInstallation()
    const running: RunningApp[] = []
    const join = async (name: string) => {
      const app = await start(name)
      running.push(app)
      return app
    }
    const first = await join('first')
    const traffic = await startTraffic({
      urls: () => running.map(({ url }) => url),
      rides: 12,
      everyMs: 100,
    })
    const recoveries: number[] = []
    const goesOn = async () => {
      recoveries.push(await traffic.recovered())
      await traffic.flows(200)
    }
    const leave = (app: RunningApp) => running.splice(running.indexOf(app), 1)
    await goesOn()
    const [second] = await Promise.all([join('second'), join('third')])
    await goesOn()
    await second.stop()
    leave(second)
    await goesOn()
    await first.kill9()
    leave(first)
    await goesOn()
    return { ...(await traffic.settle()), recoveredInMs: Math.max(...recoveries) }
  },
)
