import type { Figures } from './figures.ts'

/** So many riders with a point each `everyS` seconds, and so many customers for each delivery. */
export type Load = { riders: number; everyS: number; customersEach: number }

/** Assumed, not measured: see docs/scaling.md for where each comes from. */
const ASSUMED = {
  /** The share of its one core that an instance is planned for: Node runs one thread, and beyond it queues grow. */
  core: 0.6,
  replication: 3,
  brokerMbPerS: 50,
  brokerPartitions: 4_000,
  retentionDays: 7,
  /** Of the partitions that are needed now: more can be had later, but then keys move. */
  partitionReserve: 2,
  rowsPerS: 10_000,
} as const

/** LiveDeliveries and AlreadyPushed keep no more; what falls out is looked up in the database at its next post. */
export const REMEMBERED_MOST = 20_000
const HALF_A_CORE_US = 500_000

export const eventsPerS = ({ riders, everyS }: Load): number => riders / everyS

/** What one event costs on the one instance that accepts, stores or emits it, besides reading, µs. */
export function ownUs(figures: Figures, { everyS, customersEach }: Load): number {
  const { accept, store, emit, emitNext, customerIdle } = figures
  // Some rooms have nobody and some have more: what a room costs is taken to grow evenly.
  const emitted = customersEach <= 1 ? customersEach * emit : emit + (customersEach - 1) * emitNext
  return accept + store + emitted + customersEach * everyS * customerIdle
}

/** CPU time that an instance has for events, each second, µs. */
export const budgetUs = ({ idle }: Figures): number => ASSUMED.core * 1e6 - idle

export type Plan = {
  /** null: with no number of instances. */
  instances: number | null
  /** What reading all the events takes of each instance's core. */
  readingCore: number
  /** Of each instance, once every ride is long enough. */
  memoryMb: number
}

/** As it is now: each instance reads every event. */
export function planBroadcast(figures: Figures, load: Load): Plan {
  const events = eventsPerS(load)
  const left = budgetUs(figures) - events * figures.read
  const instances = left > 0 ? Math.ceil((events * ownUs(figures, load)) / left) : null
  return {
    instances,
    readingCore: (events * figures.read) / 1e6,
    memoryMb: memoryMb(figures, load, { remembered: load.riders, instances: instances ?? Infinity }),
  }
}

/**
 * An event is read where its customers are. The others pay next to nothing for it, and each post but those that come to the
 * right instance by chance is passed on once.
 */
export function planAffine(figures: Figures, load: Load): Plan {
  const events = eventsPerS(load)
  const { read, readElsewhere, passOn } = figures
  const left = budgetUs(figures) - events * readElsewhere
  const alone = (events * (ownUs(figures, load) + read)) / budgetUs(figures)
  const each = ownUs(figures, load) + read - readElsewhere + passOn
  const instances = alone <= 1 ? 1 : left > 0 ? Math.ceil((events * each) / left) : null
  if (instances === null)
    return { instances, readingCore: (events * readElsewhere) / 1e6, memoryMb: Number.NaN }
  return {
    instances,
    readingCore: (events * (read / instances + readElsewhere)) / 1e6,
    memoryMb: memoryMb(figures, load, { remembered: load.riders / instances, instances }),
  }
}

function memoryMb(
  { baseMb, rememberedKb, customerKb }: Figures,
  { riders, customersEach }: Load,
  { remembered, instances }: { remembered: number; instances: number },
): number {
  const customers = (riders * customersEach) / instances
  return baseMb + (Math.min(remembered, REMEMBERED_MOST) * rememberedKb + customers * customerKb) / 1_024
}

/**
 * Where broadcast stops paying. With n instances of budget B the events that can be had are E(n) = nB / (own + n·read):
 * the next instance adds B·own / (own + n·read)², a quarter of what the first added at n = own / read, and E never
 * reaches B / read.
 */
export function broadcastLimits(figures: Figures, load: Load) {
  const { read, rememberedKb, baseMb } = figures
  const [own, budget] = [ownUs(figures, load), budgetUs(figures)]
  const instances = Math.floor(own / read)
  const ridersOf = (events: number) => events * load.everyS
  return {
    ridersRemembered: REMEMBERED_MOST,
    ridersIn768Mb: ((768 - baseMb) * 1_024) / rememberedKb,
    ridersAtHalfACore: ridersOf(HALF_A_CORE_US / read),
    /** The next one adds less than a quarter of what the first does. */
    instances,
    ridersWithThose: ridersOf((instances * budget) / (own + instances * read)),
    ridersNeverReached: ridersOf(budget / read),
  }
}

export type KafkaPlan = {
  recordsPerS: number
  inMbPerS: number
  /** To followers, to the history, and to the push groups: one, or one for each instance. */
  outMbPerS: number
  partitions: number
  brokers: number
  storedTb: number
}

/** The topic of locations, for so many instances that read it in so many push groups. */
export function planKafka(
  figures: Figures,
  load: Load,
  { instances, pushGroups }: { instances: number; pushGroups: number },
): KafkaPlan {
  const { replication, brokerMbPerS, brokerPartitions, retentionDays, partitionReserve } = ASSUMED
  const recordsPerS = eventsPerS(load)
  const inMbPerS = (recordsPerS * figures.recordBytes) / 1e6
  const outMbPerS = inMbPerS * (replication - 1 + 1 + pushGroups)
  // A partition is worked off by one thread; one for each instance, or some of them have nothing to do.
  const perPartition = (ASSUMED.core * 1e6) / (figures.read + figures.emit)
  const partitions = Math.max(
    6,
    partitionReserve * Math.ceil(Math.max(instances, recordsPerS / perPartition)),
  )
  return {
    recordsPerS,
    inMbPerS,
    outMbPerS,
    partitions,
    brokers: Math.max(
      replication,
      Math.ceil((inMbPerS * replication) / brokerMbPerS),
      Math.ceil(outMbPerS / brokerMbPerS),
      Math.ceil((partitions * replication) / brokerPartitions),
    ),
    storedTb: (inMbPerS * replication * retentionDays * 86_400) / 1e6,
  }
}

/** The history as it is: a row for each location. */
export function planHistory({ rowBytes }: Figures, load: Load) {
  const rowsPerS = eventsPerS(load)
  return {
    rowsPerS,
    rowsPerDay: rowsPerS * 86_400,
    gbPerDay: (rowsPerS * 86_400 * rowBytes) / 1e9,
    primaries: Math.ceil(rowsPerS / ASSUMED.rowsPerS),
  }
}
