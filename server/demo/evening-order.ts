import { randomUUID } from 'node:crypto'
import type { Order } from '#contracts/order.ts'
import { scenarios } from './scenarios.ts'

const NAMES =
  'Han Seo-jun, Lim Do-yun, Kang Min-ji, Baek Joon-ho, Jung Ara, Shin Yu-ri, Ahn Tae-ho, Bae Su-bin, Cho Eun-seo, Do Ha-rin, Eom Ji-ho, Go Na-yeon, Gu Min-jae, Hong Si-woo, Hwang Bo-ra, Im Chan-woo, Jeon So-yul, Jin Woo-bin, Ko Ye-rin, Kwon Hyun, Lee Da-on, Min Jae-hyun, Na Eun-chae, Noh Ji-won, Oh Se-jin, Park Ha-neul, Ryu Dong-hae, Seo Yu-na, Song Min-ho, Yoo Ga-eun'.split(
    ', ',
  )
/** Most are promised amply; some so tightly that they will be late. */
const [TIGHTEST_MS, AMPLEST_MS] = [4 * 60_000, 25 * 60_000]

/** An order of the evening: from one of the prepared shops to the door of another one's customer, on a way that is planned. */
export function eveningOrder(rider: number, random: () => number, nowMs: number): Order {
  const prepared = scenarios()
  const from = Math.floor(random() * prepared.length)
  const to = (from + 1 + Math.floor(random() * (prepared.length - 1))) % prepared.length
  const [shop, door] = [prepared[from], prepared[to]]
  if (!shop || !door) throw new Error('The demo has no prepared deliveries')
  return {
    // Sent again after an answer that did not come, it is the same delivery.
    externalId: `evening-${randomUUID()}`,
    store: shop.store,
    destination: door.destination,
    rider: { name: NAMES[rider % NAMES.length] },
    customer: { name: door.customerName },
    promisedAtMs: Math.round(nowMs + TIGHTEST_MS + random() * (AMPLEST_MS - TIGHTEST_MS)),
  }
}
