/** Where a hop happens, as a colour. */
export const PLACE_LOOKS = {
  device: 'bg-warn-soft text-warn-soft-ink',
  server: 'bg-info-soft text-info-soft-ink',
  log: 'bg-accent-soft text-accent-soft-ink',
} as const
