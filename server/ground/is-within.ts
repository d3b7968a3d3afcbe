export function isWithin(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && value >= least && value <= most
}

export function isWholeWithin(value: unknown, least: number, most: number): value is number {
  return Number.isInteger(value) && isWithin(value, least, most)
}
