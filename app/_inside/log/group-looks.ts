import type { LogGroup } from '#contracts/inside/log.ts'

/** A text colour for each group; shapes use it through `bg-current`. */
const COLOURS = ['text-accent', 'text-info-soft-ink', 'text-warn-soft-ink', 'text-danger', 'text-muted']

export const groupColour = (index: number): string => COLOURS[index % COLOURS.length] ?? 'text-muted'

/**
 * The group's position in a partition: its committed offset, or the oldest record before its first commit. For a group that
 * never commits, the offset that its members on this instance read next; null where this instance has none.
 */
export function placeOf({ committed, positions }: LogGroup, partition: number, low: number): number | null {
  return committed ? (committed[partition] ?? low) : (positions?.[partition] ?? null)
}
