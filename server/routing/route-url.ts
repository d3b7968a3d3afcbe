import type { LatLng } from '#contracts/place.ts'

/** Addresses that name a profile already: OSRM's own, and those of GraphHopper and Mapbox, which speak the same. */
const NAMES_PROFILE = /\/(route\/v1|directions\/v5)\/.+/
/** Ten centimetres. Plain digits, because some servers cannot read 1e-7. */
const DECIMALS = 6

export type RouteAddress = { url: URL; headers: Record<string, string> }

/**
 * The address that asks for the way between two places. `base` is the server, with or without a path before OSRM's own
 * and with or without a profile; its query (a key, say) is kept and wins over ours.
 */
export function routeAddress(base: string, from: LatLng, to: LatLng): RouteAddress {
  const url = new URL(base)
  const path = url.pathname.replace(/\/+$/, '')
  const service = NAMES_PROFILE.test(path) ? path : `${path}/route/v1/driving`
  url.pathname = `${service}/${coordinates(from)};${coordinates(to)}`
  const ours = { overview: 'full', geometries: 'geojson', alternatives: 'false', steps: 'false' }
  for (const [name, value] of Object.entries(ours))
    if (!url.searchParams.has(name)) url.searchParams.set(name, value)
  const { username, password } = url
  // A request refuses an address with a password in it.
  url.username = ''
  url.password = ''
  const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  const headers: Record<string, string> = { accept: 'application/json' }
  if (user !== ':') headers.authorization = `Basic ${Buffer.from(user).toString('base64')}`
  return { url, headers }
}

function coordinates([lat, lng]: LatLng): string {
  return `${lng.toFixed(DECIMALS)},${lat.toFixed(DECIMALS)}`
}
