import type { Fix } from '#contracts/location.ts'
import type { Reading } from '../gps/reading.ts'

/** Where one delivery's points wait until the server has them. It works whether or not the device's storage does. */
export type Outbox = {
  /** Keeps a reading under the next higher seq. */
  add(reading: Reading): Promise<Fix>
  /** The last seq assigned, once all pending additions are done. */
  lastSeq(): Promise<number>
  /** The server has this seq already: the next one assigned is higher. */
  raise(seq: number): void
  oldest(limit: number): Fix[]
  newest(): Fix | null
  remove(seqs: readonly number[]): void
  /** These seqs are taken on the server by other points: ours get new ones after the newest. */
  renumber(seqs: readonly number[]): void
  waiting(): Waiting
  storage(): StorageState
  /** Called when `waiting` or `storage` may have changed. */
  onChange(listener: () => void): void
  close(): void
}

export type Waiting = { count: number; oldestAtMs: number | null }

/** Why waiting points would be lost with the page. */
export type StorageTrouble = 'missing' | 'full' | 'closed' | 'slow' | 'unreadable'
export type StorageState = {
  trouble: StorageTrouble | null
  /** Points of an earlier page that could not be read and are lost. */
  unreadable: number
}
