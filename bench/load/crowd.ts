import { setTimeout as delay } from 'node:timers/promises'
import { answerCalls } from '../support/worker.ts'
import { type Customer, createCustomer } from './crowd-customer.ts'

// A crowd of customers who stay, in a process of its own: they know what they hold, and come back when they are cut off.

export type Came = {
  /** From the start until each was greeted. */
  greetedAfterMs: number[]
  refusals: number
}
export type Crowd = {
  /** More customers, a few at a time; resolves once they are greeted. */
  come: (to: { port: number; customers: { id: string; token?: string; room?: string }[] }) => Promise<void>
  cut: () => void
  /** All of those who were cut off come back, at once. */
  comeBack: (how: { withAfterSeq: boolean }) => Promise<Came>
  /** Of these acknowledged points, how many are missing at customers who ought to have them; and how many came twice. */
  account: (acknowledged: Record<string, number[]>) => { lost: number; twice: number; held: number }
  /** As the page does with a gap: whoever misses some of these points asks the history. Resolves with how many it got there. */
  fill: (from: { port: number; acknowledged: Record<string, number[]> }) => Promise<number>
  /** Each is cut off every so often, and away for a while; resolves with how long what was missed took. */
  jitter: (how: {
    seconds: number
    everyMs: number
    awayMs: number
  }) => Promise<{ cuts: number; replayMs: number[] }>
}

const AT_ONCE = 50
const customers: Customer[] = []

function oughtToHave(customer: Customer, acknowledged: Record<string, number[]>): number[] {
  return (acknowledged[customer.id] ?? []).filter((seq) => seq > customer.since()).sort((a, b) => a - b)
}

answerCalls({
  async come({ port, customers: coming }) {
    let next = 0
    const goOn = async () => {
      while (next < coming.length) {
        const customer = createCustomer(port, coming[next++] as (typeof coming)[number], customers.length)
        customers.push(customer)
        await customer.come({ withAfterSeq: false })
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, goOn))
  },
  cut() {
    for (const customer of customers) customer.cut()
  },
  async comeBack(how) {
    const started = performance.now()
    const refusedBefore = customers.reduce((sum, { refusals }) => sum + refusals(), 0)
    const greetedAfterMs = await Promise.all(
      customers.map(async (customer) => {
        await customer.come(how)
        return performance.now() - started
      }),
    )
    const refusals = customers.reduce((sum, { refusals: count }) => sum + count(), 0) - refusedBefore
    return { greetedAfterMs, refusals }
  },
  account(acknowledged) {
    let [lost, twice, held] = [0, 0, 0]
    for (const customer of customers) {
      const ought = oughtToHave(customer, acknowledged)
      lost += ought.filter((seq) => !customer.held.has(seq)).length
      held += ought.length
      twice += customer.twice()
    }
    return { lost, twice, held }
  },
  async fill({ port, acknowledged }) {
    let fetched = 0
    for (const customer of customers) {
      const first = oughtToHave(customer, acknowledged).find((seq) => !customer.held.has(seq))
      if (first !== undefined) fetched += await customer.fill(port, first - 1)
    }
    return fetched
  },
  async jitter({ seconds, everyMs, awayMs }) {
    const until = performance.now() + seconds * 1_000
    const replayMs: number[] = []
    let cuts = 0
    const suffer = async (customer: Customer) => {
      for (;;) {
        const stayMs = everyMs * (0.5 + Math.random())
        // Nobody is away at the end.
        if (performance.now() + stayMs + 2 * awayMs > until) return
        await delay(stayMs)
        customer.cut()
        cuts += 1
        await delay(awayMs * (1 + Math.random() / 2))
        const backAt = performance.now()
        await customer.come({ withAfterSeq: true })
        replayMs.push(customer.replayedAt() - backAt)
      }
    }
    await Promise.all(customers.map(suffer))
    return { cuts, replayMs }
  },
} satisfies Crowd)
