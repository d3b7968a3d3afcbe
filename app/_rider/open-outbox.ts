import { type Disk, openDisk, storageTrouble } from './disk.ts'
import type { Outbox, StorageTrouble } from './outbox.ts'
import { readStored, type Stored } from './stored-points.ts'
import { createWaitingPoints } from './waiting-points.ts'

/** Storage that takes longer is gone without: a ride does not wait for it. */
const PATIENCE_MS = 3_000
/** After a failure, until storage is tried again. */
const REST_MS = 15_000

type Deps = { open?: typeof openDisk; nowMs?: () => number }

/**
 * Points wait in memory and, as long as the browser lets us, on the device as well. Sending and recording need the memory
 * only; storage that breaks is opened again, and gets all that it missed.
 */
export async function openOutbox(
  deliveryId: string,
  floorSeq: number,
  { open = openDisk, nowMs = () => performance.now() }: Deps = {},
): Promise<Outbox> {
  const points = createWaitingPoints(floorSeq)
  let disk: Disk | null = null
  let hasLoaded = false
  /** Points were recorded before storage could be read. */
  let isLate = false
  /** Storage does not hold what the memory holds. */
  let isBehind = false
  let trouble: StorageTrouble | null = null
  let unreadable = 0
  let restUntilMs = 0
  let listener = () => {}
  let last: Promise<unknown> = Promise.resolve()

  /** One after the other, so that numbers and removals keep their order. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = last.then(work)
    last = done.catch(() => {})
    return done
  }

  async function connect(): Promise<Disk> {
    const opened = await open(deliveryId, () => {
      if (disk === opened) disk = null
      isBehind = true
    })
    if (hasLoaded) return opened
    const stored = await opened.load()
    // An earlier attempt that was given up may have been the first to come through.
    if (!hasLoaded) takeOver(stored)
    hasLoaded = true
    return opened
  }

  function takeOver(stored: Stored) {
    const read = readStored(stored, floorSeq)
    // Storage that opened late: the numbers that were given in the meantime are out already.
    const late = isLate ? read.fixes.filter(({ seq }) => seq <= points.lastSeq()) : []
    points.putAll(read.fixes.filter((fix) => !late.includes(fix)))
    points.raise(read.lastSeq)
    for (const { seq: _, ...reading } of late) points.add(reading)
    unreadable += read.unreadable
    if (read.changed || late.length > 0) isBehind = true
  }

  /** null when it could not be done; then the memory has to do. */
  async function onDisk<T>(work: (disk: Disk) => Promise<T>): Promise<T | null> {
    if (nowMs() < restUntilMs) return null
    let cause: unknown
    for (let attempt = 1; attempt <= 2; attempt++) {
      try {
        disk ??= await inTime(connect(), (late) => late.close())
        if (isBehind) await inTime(disk.replace(points.all(), points.lastSeq()))
        isBehind = false
        const result = await inTime(work(disk))
        tell(null)
        return result
      } catch (failure) {
        cause = failure
        // What was just begun may or may not have been done.
        isBehind = true
        disk?.close()
        disk = null
        if (storageTrouble(failure) !== 'closed') break
      }
    }
    console.warn('Points are kept in memory only', cause)
    isLate ||= !hasLoaded
    restUntilMs = nowMs() + REST_MS
    tell(storageTrouble(cause))
    return null
  }

  function tell(next: StorageTrouble | null) {
    if (next === trouble) return
    trouble = next
    listener()
  }

  await inTurn(() => onDisk(async () => {}))
  return {
    add: (reading) =>
      inTurn(async () => {
        const stored = await onDisk((disk) => disk.add(reading, points.lastSeq()))
        if (stored) points.put(stored)
        else isBehind = true
        const fix = stored ?? points.add(reading)
        listener()
        return fix
      }),
    lastSeq: () => inTurn(async () => points.lastSeq()),
    raise: (seq) => points.raise(seq),
    oldest: (limit) => points.oldest(limit),
    newest: () => points.newest(),
    remove(seqs) {
      points.remove(seqs)
      listener()
      void inTurn(async () => {
        const done = await onDisk((disk) => disk.remove(seqs))
        if (done === null) isBehind = true
      })
    },
    renumber(seqs) {
      void inTurn(async () => {
        points.renumber(seqs)
        isBehind = true
        listener()
        await onDisk(async () => {})
      })
    },
    waiting: () => points.waiting(),
    storage: () => ({ trouble, unreadable }),
    onChange(next) {
      listener = next
    },
    close: () => void inTurn(async () => disk?.close()),
  }
}

/** What comes when nobody waits for it any more is handed to `onLate`. */
function inTime<T>(work: Promise<T>, onLate: (late: T) => void = () => {}): Promise<T> {
  return new Promise((resolve, reject) => {
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      reject(new DOMException(`No answer within ${PATIENCE_MS} ms`, 'TimeoutError'))
    }, PATIENCE_MS)
    work
      .then(
        (value) => (isLate ? onLate(value) : resolve(value)),
        (cause: unknown) => reject(cause),
      )
      .finally(() => clearTimeout(timer))
  })
}
