import { type Disk, type openDisk, storageTrouble } from './disk.ts'
import type { StorageTrouble } from './outbox.ts'
import type { Stored } from './stored-points.ts'
import type { WaitingPoints } from './waiting-points.ts'

/** Storage that takes longer counts as failed: a ride does not wait for it. */
const PATIENCE_MS = 3_000
/** After a failure, until storage is tried again. */
const REST_MS = 15_000

type Deps = {
  open: typeof openDisk
  nowMs(): number
  /** What storage should hold. */
  points: Pick<WaitingPoints, 'all' | 'lastSeq'>
  /** Receives what storage holds, once. `isLate`: points were recorded before. Returns whether storage must be rewritten. */
  takeIn(stored: Stored, isLate: boolean): boolean
  /** Called when `trouble()` has changed. */
  onTrouble(): void
}

export type SteadyDisk = {
  /** Returns null when it failed; the memory then suffices, and storage is rewritten as soon as it works again. */
  try<T>(work: (disk: Disk) => Promise<T>): Promise<T | null>
  /** Rewrites storage if it lacks anything. */
  catchUp(): Promise<void>
  /** Rewrites storage with all waiting points. */
  rewrite(): Promise<void>
  trouble(): StorageTrouble | null
  close(): void
}

/** The device's storage, opened again whenever it breaks. Calls must not overlap. */
export function createSteadyDisk(
  deliveryId: string,
  { open, nowMs, points, takeIn, onTrouble }: Deps,
): SteadyDisk {
  let disk: Disk | null = null
  let hasLoaded = false
  let isLate = false
  /** Storage does not hold what the memory holds. */
  let isBehind = false
  let trouble: StorageTrouble | null = null
  let restUntilMs = 0

  async function connect(): Promise<Disk> {
    const opened = await open(deliveryId, () => {
      if (disk === opened) disk = null
      isBehind = true
    })
    if (hasLoaded) return opened
    const stored = await opened.load()
    // An earlier attempt that timed out may have finished first.
    if (!hasLoaded) isBehind = takeIn(stored, isLate) || isBehind
    hasLoaded = true
    return opened
  }

  async function attempt<T>(work: (disk: Disk) => Promise<T>): Promise<T | null> {
    if (nowMs() < restUntilMs) return null
    let cause: unknown
    for (let attempts = 1; attempts <= 2; attempts++) {
      try {
        disk ??= await inTime(connect(), (late) => late.close())
        if (isBehind) await inTime(disk.replace(points.all(), points.lastSeq()))
        isBehind = false
        const result = await inTime(work(disk))
        setTrouble(null)
        return result
      } catch (failure) {
        cause = failure
        // The interrupted operation may or may not have taken effect.
        isBehind = true
        disk?.close()
        disk = null
        if (storageTrouble(failure) !== 'closed') break
      }
    }
    console.warn('Points are kept in memory only', cause)
    isLate ||= !hasLoaded
    restUntilMs = nowMs() + REST_MS
    setTrouble(storageTrouble(cause))
    return null
  }

  function setTrouble(next: StorageTrouble | null) {
    if (next === trouble) return
    trouble = next
    onTrouble()
  }

  async function catchUp() {
    await attempt(async () => {})
  }

  return {
    async try(work) {
      const result = await attempt(work)
      if (result === null) isBehind = true
      return result
    },
    catchUp,
    async rewrite() {
      isBehind = true
      await catchUp()
    },
    trouble: () => trouble,
    close: () => disk?.close(),
  }
}

/** Rejects after `PATIENCE_MS`. A result that arrives later is handed to `onLate`. */
function inTime<T>(work: Promise<T>, onLate: (late: T) => void = () => {}): Promise<T> {
  return new Promise((resolve, reject) => {
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      reject(new DOMException(`no answer within ${PATIENCE_MS} ms`, 'TimeoutError'))
    }, PATIENCE_MS)
    work
      .then(
        (value) => (isLate ? onLate(value) : resolve(value)),
        (cause: unknown) => reject(cause),
      )
      .finally(() => clearTimeout(timer))
  })
}
