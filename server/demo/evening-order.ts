import { randomUUID } from 'node:crypto'
import type { Order } from '#contracts/order.ts'
import { SCENARIOS } from './scenarios.ts'

const NAMES = [
  'Han Seo-jun · 한서준, Lim Do-yun · 임도윤, Kang Min-ji · 강민지',
  'Baek Joon-ho · 백준호, Jung Ara · 정아라, Shin Yu-ri · 신유리',
  'Ahn Tae-ho · 안태호, Bae Su-bin · 배수빈, Cho Eun-seo · 조은서',
  'Do Ha-rin · 도하린, Eom Ji-ho · 엄지호, Go Na-yeon · 고나연',
  'Gu Min-jae · 구민재, Hong Si-woo · 홍시우, Hwang Bo-ra · 황보라',
  'Im Chan-woo · 임찬우, Jeon So-yul · 전소율, Jin Woo-bin · 진우빈',
  'Ko Ye-rin · 고예린, Kwon Hyun · 권현, Lee Da-on · 이다온',
  'Min Jae-hyun · 민재현, Na Eun-chae · 나은채, Noh Ji-won · 노지원',
  'Oh Se-jin · 오세진, Park Ha-neul · 박하늘, Ryu Dong-hae · 류동해',
  'Seo Yu-na · 서유나, Song Min-ho · 송민호, Yoo Ga-eun · 유가은',
].flatMap((names) => names.split(', '))
/** Most are promised amply; some so tightly that they will be late. */
const [TIGHTEST_MS, AMPLEST_MS] = [4 * 60_000, 25 * 60_000]

/** An order of the evening: from one of the prepared shops to the door of another one's customer, on a way that is planned. */
export function eveningOrder(rider: number, random: () => number, nowMs: number): Order {
  const prepared = SCENARIOS
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
