import { ownCpuSecondsOf } from '../support/cpu.ts'
import { DISPATCH_TOKEN, type Product } from '../support/product.ts'
import type { Results } from '../support/results.ts'

const WARM = 100
const CREATED = 300
const AT_ONCE = 4

/** A delivery created by the shop's system. */
export async function measureCreated(product: Product, rounds: number, results: Results): Promise<void> {
  await create(product, WARM)
  for (let round = 1; round <= rounds; round += 1) {
    const before = ownCpuSecondsOf(product.pid)
    await create(product, CREATED)
    results.note('created', ((ownCpuSecondsOf(product.pid) - before) * 1_000) / CREATED)
  }
}

async function create({ url }: Product, count: number): Promise<void> {
  let begun = 0
  const goOn = async () => {
    while (begun++ < count) {
      const headers = { authorization: `Bearer ${DISPATCH_TOKEN}`, 'content-type': 'application/json' }
      const answer = await fetch(`${url}/api/deliveries`, { method: 'POST', headers, body: '{}' })
      if (answer.status !== 201) throw new Error(`A delivery was answered ${answer.status}`)
      await answer.arrayBuffer()
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, goOn))
}
