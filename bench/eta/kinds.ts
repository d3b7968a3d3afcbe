import type { LatLng } from '#contracts/place.ts'
import { planRide } from '#domain/ride-plan.ts'
import { pathOf, toGround, type XY } from './ground.ts'
import type { Random } from './random.ts'
import { type Halt, type Moment, rideAlong } from './rider.ts'

/** What the rider's phone does with the ride. */
export type Phone = { intervalMs: number; noiseM: number; accuracyM: number; tellsSpeed: boolean }
export type Kind = { name: string; phone: Phone; ride(route: LatLng[], random: Random): Moment[] }

const PHONE: Phone = { intervalMs: 5_000, noiseM: 3, accuracyM: 8, tellsSpeed: true }
/** What carries a meal through a city, km/h 25 to 29. */
const usual = (random: Random) => random.between(6.9, 8.1)

export const KINDS: readonly Kind[] = [
  { name: 'plain', phone: PHONE, ride: asTheDemoRides },
  { name: 'ordinary', phone: PHONE, ride: (route, random) => ride(route, random, {}) },
  {
    name: 'slower',
    phone: PHONE,
    ride: (route, random) => ride(route, random, { cruiseMps: random.between(4, 5.5) }),
  },
  {
    name: 'faster',
    phone: PHONE,
    ride: (route, random) => ride(route, random, { cruiseMps: random.between(9.5, 12) }),
  },
  {
    name: 'lights',
    phone: PHONE,
    ride: (route, random) => ride(route, random, { halts: lights(route, random) }),
  },
  {
    name: 'four-minute stop',
    phone: PHONE,
    ride: (route, random) => ride(route, random, { halts: stop(route, random) }),
  },
  {
    name: 'standing start',
    phone: PHONE,
    ride: (route, random) => ride(route, random, { standsFirstMs: 30_000 }),
  },
  { name: 'detour', phone: PHONE, ride: (route, random) => ride(detour(route, random), random, {}) },
  {
    name: 'noise of 30 m',
    phone: { ...PHONE, noiseM: 30, accuracyM: 30, tellsSpeed: false },
    ride: (route, random) => ride(route, random, {}),
  },
  {
    name: 'every second',
    phone: { ...PHONE, intervalMs: 1_000 },
    ride: (route, random) => ride(route, random, {}),
  },
  {
    name: 'every 2 s',
    phone: { ...PHONE, intervalMs: 2_000 },
    ride: (route, random) => ride(route, random, {}),
  },
  {
    name: 'without speeds',
    phone: { ...PHONE, tellsSpeed: false },
    ride: (route, random) => ride(route, random, { halts: lights(route, random) }),
  },
]

type Differently = { cruiseMps?: number; halts?: Halt[]; standsFirstMs?: number }

/** Along the route, or along another path in the same place. */
function ride(
  route: LatLng[],
  random: Random,
  { cruiseMps, halts = [], standsFirstMs = 0 }: Differently,
): Moment[] {
  const rider = { cruiseMps: cruiseMps ?? usual(random), halts, standsFirstMs }
  return rideAlong(onGround(route), rider, random)
}

function asTheDemoRides(route: LatLng[]): Moment[] {
  const plan = planRide(route)
  const [origin] = route as [LatLng]
  const moments: Moment[] = []
  for (let ms = 0; ms < plan.durationMs; ms += 250) {
    const { at, speedMps } = plan.momentAt(ms)
    moments.push({ ms, at: toGround(origin, at), mps: speedMps })
  }
  moments.push({ ms: plan.durationMs, at: toGround(origin, route.at(-1) ?? origin), mps: 0 })
  return moments
}

/** Four red lights of 45 s, one somewhere in each quarter of the way. */
function lights(route: LatLng[], random: Random): Halt[] {
  const { lengthM } = pathOf(onGround(route))
  return [0, 1, 2, 3].map((quarter) => ({
    alongM: ((quarter + random.between(0.1, 0.9)) / 4) * lengthM,
    ms: 45_000,
  }))
}

function stop(route: LatLng[], random: Random): Halt[] {
  return [{ alongM: random.between(0.15, 0.85) * pathOf(onGround(route)).lengthM, ms: 240_000 }]
}

/** Leaves the route, rides beside it, 80 to 180 m away, and comes back to it further on. */
function detour(route: LatLng[], random: Random): LatLng[] {
  const points = onGround(route)
  const path = pathOf(points)
  const fromM = random.between(0.15, 0.5) * path.lengthM
  const toM = fromM + random.between(0.15, 0.3) * path.lengthM
  const [from, to] = [path.at(fromM), path.at(toM)]
  const apartM = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1
  const asideM = random.between(80, 180) * (random.next() < 0.5 ? -1 : 1)
  const [dx, dy] = [(-(to[1] - from[1]) / apartM) * asideM, ((to[0] - from[0]) / apartM) * asideM]
  const aside: XY[] = [from, [from[0] + dx, from[1] + dy], [to[0] + dx, to[1] + dy], to]
  const [before, after] = [
    points.filter((_, i) => along(points, i) < fromM),
    points.filter((_, i) => along(points, i) > toM),
  ]
  const [origin] = route as [LatLng]
  return [...before, ...aside, ...after].map(([x, y]) => [
    origin[0] + y / 111_195,
    origin[1] + x / (111_195 * Math.cos((origin[0] * Math.PI) / 180)),
  ])
}

function along(points: readonly XY[], index: number): number {
  return pathOf(points.slice(0, index + 1)).lengthM
}

function onGround(route: LatLng[]): XY[] {
  const [origin] = route as [LatLng]
  return route.map((point) => toGround(origin, point))
}
