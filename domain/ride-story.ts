import type { DeliveryStatus } from '#contracts/delivery.ts'
import type { Location } from '#contracts/location.ts'
import type { LatLng, Place } from '#contracts/place.ts'
import { OFF_WAY_M } from './attention.ts'
import { DELAYED_UNDER_MS } from './freshness.ts'
import { distanceM } from './geometry.ts'
import { isArriving, isEnded } from './lifecycle.ts'
import { snapToRoute } from './snap-to-route.ts'
import { isOffRoute } from './way-to-go.ts'

/** What has happened on a delivery, as dispatch would tell it. `toMs` null: it still lasts. */
export type Chapter =
  | { kind: DeliveryStatus; atMs: number }
  | { kind: 'silence'; atMs: number; toMs: number | null }
  | { kind: 'detour'; atMs: number; toMs: number | null; farthestM: number }

export type Told = {
  status: DeliveryStatus
  createdAtMs: number
  statusAtMs: number
  pickedUpAtMs: number | null
  destination: Place
  route: LatLng[]
  /** Whether `route` follows streets: from a straight line they lead away, and that is no detour. */
  routed: boolean
  /** All of the ride, in any order. */
  locations: readonly Location[]
}

/** In the order in which it happened. */
export function tellRide(ride: Told, nowMs: number): Chapter[] {
  const chapters = [...statusChapters(ride), ...silences(ride, nowMs), ...detours(ride)]
  return chapters.sort((a, b) => a.atMs - b.atMs)
}

function statusChapters(ride: Told): Chapter[] {
  const { status, createdAtMs, statusAtMs, pickedUpAtMs } = ride
  const chapters: Chapter[] = [{ kind: 'accepted', atMs: createdAtMs }]
  if (pickedUpAtMs !== null) chapters.push({ kind: 'picked_up', atMs: pickedUpAtMs })
  const arrivingAtMs = status === 'arriving' ? statusAtMs : arrivedNear(ride)
  if (arrivingAtMs !== null) chapters.push({ kind: 'arriving', atMs: arrivingAtMs })
  if (isEnded(status)) chapters.push({ kind: status, atMs: statusAtMs })
  return chapters
}

/** By the rule by which the server made it `arriving`; null while it has not been. */
function arrivedNear({ status, pickedUpAtMs, statusAtMs, destination, locations }: Told): number | null {
  if (pickedUpAtMs === null || !isEnded(status)) return null
  const near = locations
    .filter((each) => !each.implausible && isArriving(each, destination))
    .map(({ receivedAtMs }) => receivedAtMs)
    .filter((atMs) => atMs >= pickedUpAtMs && atMs <= statusAtMs)
  return near.length > 0 ? Math.min(...near) : null
}

/** As dispatch lived through them: from one report to the next that came in, while the rider carried the order. */
function silences({ status, statusAtMs, pickedUpAtMs, locations }: Told, nowMs: number): Chapter[] {
  if (pickedUpAtMs === null) return []
  const endMs = isEnded(status) ? statusAtMs : null
  const heard = [pickedUpAtMs, ...locations.map(({ receivedAtMs }) => receivedAtMs)]
    .filter((atMs) => atMs >= pickedUpAtMs && atMs <= (endMs ?? nowMs))
    .sort((a, b) => a - b)
  return heard.flatMap((atMs, index): Chapter[] => {
    const nextMs = heard[index + 1] ?? endMs
    const forMs = (nextMs ?? nowMs) - atMs
    return forMs >= DELAYED_UNDER_MS ? [{ kind: 'silence', atMs, toMs: nextMs }] : []
  })
}

/** Stretches of at least two readings in a row that were off the way. */
function detours({ pickedUpAtMs, route, routed, locations }: Told): Chapter[] {
  if (pickedUpAtMs === null || !routed) return []
  const inOrder = locations
    .filter((each) => !each.implausible && each.recordedAtMs >= pickedUpAtMs)
    .sort((a, b) => a.seq - b.seq)
  const found: Chapter[] = []
  let off: Location[] = []
  let farthestM = 0
  const close = (toMs: number | null) => {
    const [first] = off
    if (first && off.length > 1) found.push({ kind: 'detour', atMs: first.recordedAtMs, toMs, farthestM })
    off = []
    farthestM = 0
  }
  for (const location of inOrder) {
    const at: LatLng = [location.lat, location.lng]
    const snap = snapToRoute(route, at)
    const offM = snap ? distanceM(at, snap.point) : 0
    if (offM >= OFF_WAY_M && isOffRoute(location.accuracyM, offM)) {
      off.push(location)
      farthestM = Math.max(farthestM, Math.round(offM))
    } else close(location.recordedAtMs)
  }
  close(null)
  return found
}
