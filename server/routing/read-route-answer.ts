import { z } from 'zod'
import { type LatLng, latLngSchema } from '#contracts/place.ts'
import { distanceM } from '#domain/geometry.ts'
import { decodePolyline } from './decode-polyline.ts'

/** The way that a server has found; null when it says that there is none. */
export type FoundRoute = { route: LatLng[]; durationMs: number } | null

/** As many as an order's own route may have: it goes to pages, into the log and the database in the same way. */
const MOST_POINTS = 2_000
/** More than that is no answer to a question about a delivery. */
const MOST_POINTS_READ = 100_000
/** The nearest street may be some way off a door; farther than that it is another place. */
const NEAR_M = 2_000
const LONGEST_SECONDS = 7 * 24 * 3_600
/** Of six decimals, if it was not five. */
const PRECISIONS = [5, 6]

const answerSchema = z.object({
  code: z.literal('Ok'),
  routes: z
    .array(
      z.object({
        geometry: z.union([
          z.string().min(1),
          z.object({ coordinates: z.array(z.tuple([z.number(), z.number()]).rest(z.unknown())).min(1) }),
        ]),
        duration: z.number().min(0).max(LONGEST_SECONDS),
      }),
    )
    .min(1),
})
/** The question was understood, and there is no way: to ask again would be of no use. */
const noWaySchema = z.object({ code: z.enum(['NoRoute', 'NoSegment']) })
const routeSchema = z.array(latLngSchema).min(2)

/**
 * Reads the answer of a server that speaks OSRM's HTTP v1 (project-osrm.org/docs, "Route service"). Nothing of it is
 * trusted: it leads from near the one place to near the other, along places that there are, in a bounded number of points.
 * @throws Error for anything else, a page of a proxy among it
 */
export function readRouteAnswer(body: string, from: LatLng, to: LatLng): FoundRoute {
  const json: unknown = JSON.parse(body)
  if (noWaySchema.safeParse(json).success) return null
  const [first] = answerSchema.parse(json).routes
  if (!first) return null
  const { geometry, duration } = first
  const lines =
    typeof geometry === 'string'
      ? PRECISIONS.map((precision) => decodePolyline(geometry, precision))
      : [geometry.coordinates.map(([lng, lat]): LatLng => [lat, lng])]
  const route = lines.find((line) => leads(line, from, to))
  if (!route) throw new Error('The route does not lead from the one place to the other')
  return { route: routeSchema.parse(thinned(route.map(rounded))), durationMs: Math.round(duration * 1_000) }
}

function leads(line: LatLng[], from: LatLng, to: LatLng): boolean {
  const [first, last] = [line[0], line.at(-1)]
  if (!first || !last || line.length > MOST_POINTS_READ) return false
  if (!routeSchema.safeParse([first, last]).success) return false
  return distanceM(first, from) <= NEAR_M && distanceM(last, to) <= NEAR_M
}

/** A route of one point, between two doors of one house, is drawn as a line all the same. */
function thinned(line: LatLng[]): LatLng[] {
  const [only, last] = [line[0], line.at(-1)]
  if (line.length === 1 && only) return [only, only]
  const step = Math.ceil(line.length / (MOST_POINTS - 1))
  const kept = line.filter((_, index) => index % step === 0)
  if (last && kept.at(-1) !== last) kept.push(last)
  return kept
}

function rounded([lat, lng]: LatLng): LatLng {
  return [Math.round(lat * 1e6) / 1e6, Math.round(lng * 1e6) / 1e6]
}
