import type { Speaker } from './speak.ts'

/** 80 m, 1.2 km: as exact as a person can use it. */
export function distanceWords(metres: number, { locale }: Pick<Speaker, 'locale'>): string {
  const inKm = metres >= 950
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: inKm ? 'kilometer' : 'meter',
    maximumFractionDigits: 1,
  }).format(inKm ? metres / 1_000 : Math.round(metres / 10) * 10)
}
