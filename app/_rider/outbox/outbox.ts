import type { Fix } from '#contracts/location.ts'
import type { Reading } from '../gps/reading.ts'

/** Where one delivery's points wait until the server has them. Whatever becomes of the device's storage, it goes on. */
export type Outbox = {
  /** Numbers a reading, higher than any before, and keeps it. */
  add(reading: Reading): Promise<Fix>
  /** The last number that was given, after everything that is being added. */
  lastSeq(): Promise<number>
  /** The server is at this number: the next one is higher. */
  raise(seq: number): void
  oldest(limit: number): Fix[]
  newest(): Fix | null
  remove(seqs: readonly number[]): void
  /** These numbers stand for something else already: their points get new ones, behind the newest. */
  renumber(seqs: readonly number[]): void
  waiting(): Waiting
  storage(): StorageState
  /** Called when `waiting` or `storage` may have changed. */
  onChange(listener: () => void): void
  close(): void
}

export type Waiting = { count: number; oldestAtMs: number | null }

/** Why what waits would not outlive the page. */
export type StorageTrouble = 'missing' | 'full' | 'closed' | 'slow' | 'unreadable'
export type StorageState = {
  trouble: StorageTrouble | null
  /** Kept points of an earlier page that could not be read, and are gone. */
  unreadable: number
}
