import { z } from 'zod'
import { deliveryPath } from '#app/_http/delivery-path.ts'
import type { ServerClock } from '#app/_http/server-clock.ts'
import { listLocationsAnswerSchema } from '#contracts/http.ts'
import type { Location } from '#contracts/location.ts'
import type { Dispatcher } from '../dispatcher.tsx'

type Options = { link?: string; clock: ServerClock; signal: AbortSignal }

/** All readings of a delivery, page by page; null when they could not be had. */
export async function loadRide(
  deliveryId: string,
  call: Dispatcher['call'],
  options: Options,
): Promise<Location[] | null> {
  const all: Location[] = []
  for (let afterSeq: number | null = 0; afterSeq !== null; ) {
    const path: string = deliveryPath(deliveryId, `/locations?afterSeq=${afterSeq}`)
    const answer = await call(listLocationsAnswerSchema, path, options)
    if (!answer.ok) return null
    all.push(...answer.value.locations)
    afterSeq = answer.value.nextAfterSeq
  }
  return all
}

const positionSchema = z.tuple([z.number(), z.number()])
const featureSchema = z.union([
  z.object({
    geometry: z.object({ type: z.literal('LineString'), coordinates: z.array(positionSchema) }),
    properties: z.object({ coordinateProperties: z.object({ times: z.array(z.iso.datetime()) }) }),
  }),
  z.object({
    geometry: z.object({ type: z.literal('Point'), coordinates: positionSchema }),
    properties: z.object({
      kind: z.string(),
      time: z.iso.datetime().optional(),
      implausible: z.literal(true).optional(),
    }),
  }),
])
const trackSchema = z.object({ features: z.array(featureSchema) })

/** The same of one that has ended, from its file: in the demo, where every visitor may save it, that alone is open then. */
export async function loadTrack(
  deliveryId: string,
  call: Dispatcher['call'],
  { clock, signal }: Options,
): Promise<Location[] | null> {
  const answer = await call(trackSchema, deliveryPath(deliveryId, '/track.geojson'), { clock, signal })
  if (!answer.ok) return null
  const readings = answer.value.features.flatMap(({ geometry, properties }): [number[], string][] => {
    if ('coordinateProperties' in properties)
      return geometry.coordinates.flatMap((position, index) => {
        const time = properties.coordinateProperties.times[index]
        return typeof position === 'number' || time === undefined ? [] : [[position, time]]
      })
    const { kind, time, implausible } = properties
    if (kind !== 'ride' || time === undefined || implausible || geometry.type !== 'Point') return []
    return [[geometry.coordinates, time]]
  })
  return readings.map(([[lng = 0, lat = 0], time], index) => {
    const recordedAtMs = Date.parse(time)
    // The file does not tell when a reading came in.
    return { deliveryId, seq: index + 1, lat, lng, recordedAtMs, receivedAtMs: recordedAtMs }
  })
}
