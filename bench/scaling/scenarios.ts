import type { Figures } from './figures.ts'
import { eventsPerS, type Load } from './model.ts'
import {
  arrivals,
  exponential,
  type Job,
  type Simulated,
  type Stream,
  seededRandom,
  work,
} from './simulation.ts'

const SEED = 20_260_101
const SECONDS = 8
/** Until the last has come back. */
const FAILURE_SECONDS = 25
/** An event that somebody on this instance waits for: its time is the delay of the push. */
export const PUSH = 'push'

export type Design = 'broadcast' | 'affine'

/** What one of so many instances has to do. */
export function streamsOf(figures: Figures, load: Load, instances: number, design: Design): Stream[] {
  const { acceptOne, store, read, emit } = figures
  const events = eventsPerS(load)
  const own = events / instances
  const watched = own * Math.min(1, load.customersEach)
  const others = (design === 'broadcast' ? events : own) - watched
  return [
    { kind: 'accept', perS: own, meanUs: acceptOne },
    { kind: 'store', perS: own, meanUs: store },
    { kind: PUSH, perS: watched, meanUs: read + emit },
    { kind: 'skip', perS: others, meanUs: read },
  ].filter(({ perS }) => perS > 0)
}

export function simulate(streams: readonly Stream[]): Simulated {
  return work(arrivals(streams, SECONDS, seededRandom(SEED)), SECONDS)
}

/** socket.io-client as the customer's page sets it: app/_tracking/receiving/use-tracking.ts. */
const RECONNECT = { firstMs: 500, mostMs: 8_000, spread: 0.5 }
/** Kafka's session timeout in server/kafka/consume.ts, and as long again as a rebalance takes. */
const OWNER_KNOWN_AFTER_MS = { broadcast: 0, affine: 11_000 } as const
const COME_BACK = 'come back'
const REFUSED = 'refused'

export type Failure = {
  comeBack: number
  /** Handshakes of the second with the most, at each of the others, refused ones included. */
  mostPerS: number
  lastBackMs: number
  pushP99Ms: number
}

/** One of so many instances is killed: its customers come back to the others, who go on with what they have to do. */
export function simulateFailure(figures: Figures, load: Load, instances: number, design: Design): Failure {
  const random = seededRandom(SEED)
  const customers = Math.round((load.riders * load.customersEach) / instances)
  const here = Math.round(customers / (instances - 1))
  const jobs: Job[] = arrivals(streamsOf(figures, load, instances - 1, design), FAILURE_SECONDS, random)
  let lastBackMs = 0
  const perSecond = new Map<number, number>()
  for (let i = 0; i < here; i += 1) {
    let atMs = 0
    for (let attempt = 0; ; attempt += 1) {
      const waitMs = Math.min(RECONNECT.mostMs, RECONNECT.firstMs * 2 ** attempt)
      atMs += waitMs * (1 + RECONNECT.spread * (2 * random() - 1))
      const known = atMs >= OWNER_KNOWN_AFTER_MS[design]
      const second = Math.floor(atMs / 1_000)
      perSecond.set(second, (perSecond.get(second) ?? 0) + 1)
      const meanUs = known ? figures.connect : figures.health
      jobs.push({
        kind: known ? COME_BACK : REFUSED,
        atUs: atMs * 1_000,
        serviceUs: exponential(random, meanUs),
      })
      if (known) break
    }
    lastBackMs = Math.max(lastBackMs, atMs)
  }
  const done = work(jobs, FAILURE_SECONDS)
  return {
    comeBack: customers,
    mostPerS: Math.max(...perSecond.values()),
    lastBackMs: lastBackMs + done.p99Ms(COME_BACK),
    pushP99Ms: done.p99Ms(PUSH),
  }
}
