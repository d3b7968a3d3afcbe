import type { LogGroup } from '#contracts/inside/log.ts'

/** A colour for each group: text, and with `bg-current` everything else that is drawn of it. */
const COLOURS = ['text-accent', 'text-info-soft-ink', 'text-warn-soft-ink', 'text-danger', 'text-muted']

export const groupColour = (index: number): string => COLOURS[index % COLOURS.length] ?? 'text-muted'

/** Where the group is in a partition: by what it has committed, else by what its members here read next. */
export function placeOf({ committed, positions }: LogGroup, partition: number): number | null {
  return committed?.[partition] ?? positions?.[partition] ?? null
}
