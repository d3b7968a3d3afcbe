import { openDisk } from './disk.ts'
import type { Outbox } from './outbox.ts'
import { createSteadyDisk } from './steady-disk.ts'
import { readStored, type Stored } from './stored-points.ts'
import { createWaitingPoints } from './waiting-points.ts'

type Deps = { open?: typeof openDisk; nowMs?: () => number }

/**
 * Points wait in memory and, as far as the browser allows, also in the device's storage. Sending and recording need only
 * the memory; storage that breaks is opened again and receives what it missed.
 */
export async function openOutbox(
  deliveryId: string,
  floorSeq: number,
  { open = openDisk, nowMs = () => performance.now() }: Deps = {},
): Promise<Outbox> {
  const points = createWaitingPoints(floorSeq)
  let unreadable = 0
  let listener = () => {}
  let last: Promise<unknown> = Promise.resolve()
  const disk = createSteadyDisk(deliveryId, {
    open,
    nowMs,
    points,
    takeIn,
    onTrouble: () => listener(),
  })

  /** Runs one task at a time, so that numbers and removals keep their order. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = last.then(work)
    last = done.catch(() => {})
    return done
  }

  /** Takes in what an earlier page left. Returns whether storage now differs from the memory. */
  function takeIn(stored: Stored, isLate: boolean): boolean {
    const read = readStored(stored, floorSeq)
    // Storage opened late: the numbers assigned meanwhile may have been sent, so stored points get new ones.
    const late = isLate ? read.fixes.filter(({ seq }) => seq <= points.lastSeq()) : []
    points.putAll(read.fixes.filter((fix) => !late.includes(fix)))
    points.raise(read.lastSeq)
    for (const { seq: _, ...reading } of late) points.add(reading)
    unreadable += read.unreadable
    return read.changed || late.length > 0
  }

  await inTurn(() => disk.catchUp())
  return {
    add: (reading) =>
      inTurn(async () => {
        const stored = await disk.try((disk) => disk.add(reading, points.lastSeq()))
        if (stored) points.put(stored)
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
      void inTurn(() => disk.try((disk) => disk.remove(seqs)))
    },
    renumber(seqs) {
      void inTurn(async () => {
        points.renumber(seqs)
        listener()
        await disk.rewrite()
      })
    },
    waiting: () => points.waiting(),
    storage: () => ({ trouble: disk.trouble(), unreadable }),
    onChange(next) {
      listener = next
    },
    close: () => void inTurn(async () => disk.close()),
  }
}
