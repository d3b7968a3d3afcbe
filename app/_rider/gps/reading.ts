import type { Fix } from '#contracts/location.ts'

/** A position before it has its number. */
export type Reading = Omit<Fix, 'seq'>
