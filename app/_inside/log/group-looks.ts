import type { LogGroup } from '#contracts/inside/log.ts'

/** A colour for each group: text, and with `bg-current` everything else that is drawn of it. */
const COLOURS = ['text-accent', 'text-info-soft-ink', 'text-warn-soft-ink', 'text-danger', 'text-muted']

export const groupColour = (index: number): string => COLOURS[index % COLOURS.length] ?? 'text-muted'

/**
 * Where the group is in a partition: by what it has committed, and before its first commit there at the oldest record;
 * a group that never commits is where its members here read next. null where nobody here knows.
 */
export function placeOf({ committed, positions }: LogGroup, partition: number, low: number): number | null {
  return committed ? (committed[partition] ?? low) : (positions?.[partition] ?? null)
}
