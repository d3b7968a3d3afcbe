import type { Fix } from '#contracts/location.ts'

/** A position before it has its number. */
export type Reading = Omit<Fix, 'seq'>

/** Where one delivery's points wait until the server has them. */
export type Outbox = {
  /** Survives a reload and a restart of the browser. */
  durable: boolean
  /** Numbers a reading, higher than any before and than `floorSeq`, and keeps it. */
  add(reading: Reading, floorSeq: number): Promise<Fix>
  oldest(limit: number): Promise<Fix[]>
  newest(): Promise<Fix | null>
  remove(fixes: readonly Fix[]): Promise<void>
  waiting(): Promise<Waiting>
  clear(): Promise<void>
}
export type Waiting = { count: number; oldestAtMs: number | null }
