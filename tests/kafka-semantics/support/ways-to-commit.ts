/** When a consumer commits, and when it dies: what dying-consumer.ts can do. */
export type WayToCommit = 'auto-after' | 'auto-not-awaited' | 'manual-after' | 'manual-before'

/** The offset of the message in whose middle it dies. */
export const DIES_AT = 5

/** The line that asks to be killed. */
export const READY_TO_DIE = 'ready to die'
