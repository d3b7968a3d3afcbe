import type { Text } from '#app/_words/language.ts'
import type { Place } from '#contracts/place.ts'

/** A column with an address, and those that it fills. */
export const ADDRESS_COLUMNS = {
  storeAddress: { name: 'store', lat: 'storeLat', lng: 'storeLng' },
  address: { name: 'destination', lat: 'lat', lng: 'lng' },
} as const
export type AddressColumn = keyof typeof ADDRESS_COLUMNS

/** What the geocoder has found of an address so far; null: nothing. */
export type KnownPlaces = ReadonlyMap<string, Place | null>

const NOWHERE: Text = { en: 'No place has this address.', ko: '이 주소의 위치를 찾지 못했어요.' }

export type Fault = { column: string; message: Text }
type Row = Partial<Record<string, string>>
type Filled = {
  row: Row
  /** Addresses that are still to be looked up. */
  open: readonly string[]
  faults: readonly Fault[]
  /** What the places are called that were found, for a person to judge. */
  found: readonly string[]
}

/** Puts the places of addresses where coordinates are missing. An address is the name of its place if that has none. */
export function fillAddresses(row: Row, places: KnownPlaces): Filled {
  const filled: Row = { ...row }
  const open: string[] = []
  const faults: Fault[] = []
  const found: string[] = []
  for (const [column, { name, lat, lng }] of Object.entries(ADDRESS_COLUMNS)) {
    const address = row[column]?.trim()
    if (!address) continue
    if (!row[name]?.trim()) filled[name] = address
    if (row[lat]?.trim() || row[lng]?.trim()) continue
    const place = places.get(address)
    if (place === undefined) open.push(address)
    else if (place === null) faults.push({ column, message: NOWHERE })
    else {
      filled[lat] = String(place.lat)
      filled[lng] = String(place.lng)
      found.push(place.name)
    }
  }
  return { row: filled, open, faults, found }
}
