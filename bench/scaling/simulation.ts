import { percentile } from '../support/percentile.ts'

/** What an instance has to do, and when. Its event loop does one thing at a time, in the order they came. */
export type Job = { kind: string; atUs: number; serviceUs: number }
/** One kind of job that comes at random (Poisson), and takes an exponentially spread time. */
export type Stream = { kind: string; perS: number; meanUs: number }
export type Simulated = {
  /** Work that came in each second, as a share of one core: above 1 the queue grows without end. */
  load: number
  meanMs(kind: string): number
  p50Ms(kind: string): number
  p99Ms(kind: string): number
}

/** Mulberry32: small, good enough here, and the same on every machine. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

export const exponential = (random: () => number, mean: number): number => -Math.log(1 - random()) * mean

/** The jobs of `seconds`, in the order they come: independent streams together are one, of which each has its share. */
export function arrivals(streams: readonly Stream[], seconds: number, random: () => number): Job[] {
  const perS = streams.reduce((sum, stream) => sum + stream.perS, 0)
  const jobs: Job[] = []
  for (let atUs = 0; ; ) {
    atUs += exponential(random, 1e6 / perS)
    if (atUs >= seconds * 1e6) return jobs
    const { kind, meanUs } = oneOf(streams, random() * perS)
    jobs.push({ kind, atUs, serviceUs: exponential(random, meanUs) })
  }
}

function oneOf(streams: readonly Stream[], ticket: number): Stream {
  const [first, ...others] = streams as [Stream, ...Stream[]]
  return ticket < first.perS || others.length === 0 ? first : oneOf(others, ticket - first.perS)
}

/** One after the other; a job's time is from its coming until it is done. */
export function work(jobs: readonly Job[], seconds: number): Simulated {
  const times = new Map<string, number[]>()
  let freeAtUs = 0
  let busyUs = 0
  for (const { kind, atUs, serviceUs } of [...jobs].sort((a, b) => a.atUs - b.atUs)) {
    freeAtUs = Math.max(freeAtUs, atUs) + serviceUs
    busyUs += serviceUs
    const ofKind = times.get(kind) ?? []
    ofKind.push(freeAtUs - atUs)
    times.set(kind, ofKind)
  }
  const of = (kind: string) => times.get(kind) ?? []
  return {
    load: busyUs / (seconds * 1e6),
    meanMs: (kind) => of(kind).reduce((sum, us) => sum + us, 0) / of(kind).length / 1_000,
    p50Ms: (kind) => percentile(of(kind), 0.5) / 1_000,
    p99Ms: (kind) => percentile(of(kind), 0.99) / 1_000,
  }
}

/** Pollaczek–Khinchine: the mean wait before the service begins, ms; E[S²] of an exponential is twice its mean squared. */
export function meanWaitMs(streams: readonly Stream[]): number {
  const load = streams.reduce((sum, { perS, meanUs }) => sum + (perS * meanUs) / 1e6, 0)
  const secondMoment = streams.reduce((sum, { perS, meanUs }) => sum + (perS / 1e6) * 2 * meanUs ** 2, 0)
  return load >= 1 ? Infinity : secondMoment / (2 * (1 - load)) / 1_000
}
