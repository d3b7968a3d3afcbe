const COLOURS = [
  'bg-accent',
  'bg-info-soft-ink',
  'bg-warn-soft-ink',
  'bg-primary',
  'bg-muted',
  'bg-accent-soft-ink',
] as const

/** The background that stands for a consumer; `text-surface` is readable on each. */
export const memberColour = (number: number): string => COLOURS[(number - 1) % COLOURS.length] ?? COLOURS[0]
