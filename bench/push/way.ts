import type { BridgeFloor } from '../floors/bridge.ts'
import type { Walker } from '../load/walker.ts'
import type { Product } from '../support/product.ts'
import type { Results } from '../support/results.ts'
import { seedDeliveries } from '../support/seed-deliveries.ts'
import { startWorker } from '../support/worker.ts'

export const RATES = [10, 100, 300]
const RIDERS = 100

/** From just before a post until the point is at the customer's socket: the product and the bare bridge, in turns. */
export async function openWay(product: Product, floorBroker: string, results: Results) {
  const floor = await startWorker<BridgeFloor>('floors/bridge', [floorBroker])
  const walker = await startWorker<Walker>('load/walker')
  const ports = { floor: await floor.call('port'), product: product.port }
  const riders = await seedDeliveries(product, RIDERS)
  for (const port of Object.values(ports)) {
    await walker.call('connect', { port, riders })
    // Warm: each delivery is looked up at its first post.
    await walker.call('walk', { port, perSecond: 200, seconds: 3 })
  }
  let missed = 0
  const measure = async (seconds: number): Promise<void> => {
    // Within 3 s a single stop of the machine, of 30 ms, would be the 99th percentile.
    const walkSeconds = 5 * seconds
    for (const perSecond of RATES) {
      for (const [name, port] of Object.entries(ports)) {
        const load = { port, perSecond, seconds: walkSeconds }
        const { p50Ms, p99Ms, missing, bytesEach } = await walker.call('walk', load)
        results.note(`way/${perSecond}/${name}/p50`, p50Ms)
        results.note(`way/${perSecond}/${name}/p99`, p99Ms)
        results.note(`bytes/${name}`, bytesEach)
        if (name === 'product') missed += missing
        const lost = missing > 0 ? `, ${missing} did not come` : ''
        console.log(
          `${perSecond} posts/s, ${name}: p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms${lost}`,
        )
      }
    }
  }
  return { measure, missed: () => missed }
}
