import { setTimeout as delay } from 'node:timers/promises'
import { pollUntil } from '../../tests/support/poll-until.ts'

/** One look at an app's /metrics. */
export type Reading = {
  /** CPU time of the process, all threads, µs. */
  cpuUs: number
  rssMb: number
  /** Location events that its push group has read. */
  read: number
  /** Locations that its share of the history has written. */
  stored: number
  /** Upper bound, s → how many were emitted within it since the post arrived; cumulative. */
  emittedWithin: [withinS: number, count: number][]
}

export type Meter = {
  look(): Promise<Reading>
  /** CPU time since the `before` of an earlier look, µs, without the looks in between and without what idleness costs. */
  since(before: Mark): Promise<number>
  mark(): Promise<Mark>
}
type Mark = Reading & { atMs: number; looks: number }

const LOOKS = 50
const IDLE_MS = 5_000

/** The app's own figures are the same on every system. A look costs it something: that is measured first, and taken off. */
export async function startMeter(url: string): Promise<Meter & { idleUs: number }> {
  let looks = 0
  const look = async () => {
    looks += 1
    return await lookAt(url)
  }
  for (let i = 0; i < LOOKS; i += 1) await look()
  const first = await look()
  for (let i = 1; i < LOOKS; i += 1) await look()
  const last = await look()
  const lookUs = (last.cpuUs - first.cpuUs) / LOOKS
  await delay(IDLE_MS)
  const idleUs = ((await look()).cpuUs - last.cpuUs - lookUs) / (IDLE_MS / 1_000)

  return {
    look,
    idleUs,
    mark: async () => ({ ...(await look()), looks, atMs: performance.now() }),
    async since(before) {
      const now = await look()
      const idle = (idleUs * (performance.now() - before.atMs)) / 1_000
      return now.cpuUs - before.cpuUs - (looks - before.looks) * lookUs - idle
    },
  }
}

export async function lookAt(url: string): Promise<Reading> {
  return parse(await (await fetch(`${url}/metrics`)).text())
}

/** Resolves once all of them together have come so much further. */
export async function further(
  looks: (() => Promise<Reading>)[],
  before: Reading[],
  what: 'read' | 'stored',
  by: number,
): Promise<void> {
  const sum = (readings: Reading[]) => readings.reduce((total, reading) => total + reading[what], 0)
  await pollUntil(
    async () => {
      if (sum(await Promise.all(looks.map((look) => look()))) >= sum(before) + by) return true
      await delay(LOOK_AGAIN_MS)
      return false
    },
    { withinMs: 90_000, what: `${by} more ${what}` },
  )
}

const LOOK_AGAIN_MS = 200

function parse(text: string): Reading {
  const samples = text.split('\n').flatMap((line) => {
    const [, name, labels, value] = /^(\w+)\{(.*)\} (\S+)$/.exec(line) ?? []
    return name === undefined ? [] : [{ name, labels: labels ?? '', value: Number(value) }]
  })
  const of = (name: string, label = '') =>
    samples.find((sample) => sample.name === name && sample.labels.includes(label))?.value ?? 0
  return {
    cpuUs: 1e6 * (of('process_cpu_user_seconds_total') + of('process_cpu_system_seconds_total')),
    rssMb: of('process_resident_memory_bytes') / 2 ** 20,
    read: of('rider_live_hop_seconds_count', 'hop="log"'),
    stored: of('rider_live_locations_stored_total'),
    emittedWithin: samples
      .filter(({ name }) => name === 'rider_live_receive_to_emit_seconds_bucket')
      .map(({ labels, value }) => [Number(/le="([\d.]+)"/.exec(labels)?.[1] ?? Infinity), value]),
  }
}
