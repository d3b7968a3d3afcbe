import type { LatLng } from '#contracts/place.ts'
import { type Address, addressOf } from './ask-map-server.ts'

/** Addresses that name a profile already: OSRM's own, and those of GraphHopper and Mapbox, which speak the same. */
const NAMES_PROFILE = /\/(route\/v1|directions\/v5)\/.+/
/** Ten centimetres. Plain digits, because some servers cannot read 1e-7. */
const DECIMALS = 6

/**
 * The address that asks for the way between two places. `base` is the server, with or without a path before OSRM's own
 * and with or without a profile.
 */
export function routeAddress(base: string, from: LatLng, to: LatLng): Address {
  const service = (own: string) => (NAMES_PROFILE.test(own) ? own : `${own}/route/v1/driving`)
  return addressOf(base, (own) => `${service(own)}/${coordinates(from)};${coordinates(to)}`, {
    overview: 'full',
    geometries: 'geojson',
    alternatives: 'false',
    steps: 'false',
  })
}

function coordinates([lat, lng]: LatLng): string {
  return `${lng.toFixed(DECIMALS)},${lat.toFixed(DECIMALS)}`
}
