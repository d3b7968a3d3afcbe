import { z } from 'zod'
import { postLocationsAnswerSchema } from './http.ts'
import { latSchema, lngSchema } from './place.ts'
import { MAX_EPOCH_MS } from './time.ts'

/** More than 64 KiB have room for. */
const MAX_READINGS_PER_POST = 500

/** ISO 8601 with a `T`. */
const isoTimeSchema = z
  .string()
  .refine((text) => /^\d{4}-\d\d-\d\dT/.test(text) && isTime(Date.parse(text)), 'Not a time in ISO 8601.')

export function isTime(epochMs: number): boolean {
  return epochMs >= 0 && epochMs <= MAX_EPOCH_MS
}

/** What a device puts there to say that it does not know is for domain/read-fix.ts to judge. */
const measuredSchema = z.unknown().optional()

/** Of Traccar Client: what its `locationTemplate` makes, metres, m/s, degrees. */
const traccarLocationSchema = z.looseObject({
  timestamp: isoTimeSchema,
  coords: z.looseObject({
    latitude: latSchema,
    longitude: lngSchema,
    accuracy: measuredSchema,
    speed: measuredSchema,
    heading: measuredSchema,
  }),
})
export type TraccarLocation = z.infer<typeof traccarLocationSchema>

/** `POST /api/devices/traccar`, JSON: https://www.traccar.org/osmand/, Traccar Client from 9.0 on. */
export const traccarBodySchema = z.looseObject({
  device_id: z.string().meta({ description: 'The device code.' }),
  location: z.union([
    traccarLocationSchema,
    z.array(traccarLocationSchema).min(1).max(MAX_READINGS_PER_POST),
  ]),
})
export type TraccarBody = z.infer<typeof traccarBodySchema>

/**
 * The older form of the same, in the query of a GET or POST or as a form. Here all are text; `speed` is in knots.
 * Traccar's own reader: `OsmAndProtocolDecoder`.
 */
export const osmAndQuerySchema = z.looseObject({
  id: z.string().optional().meta({ description: 'The device code; `deviceid` does as well.' }),
  lat: z.string().optional(),
  lon: z.string().optional(),
  location: z.string().optional().meta({ description: '`lat,lon`, in place of the two.' }),
  timestamp: z.string().optional().meta({
    description: 'Epoch seconds or milliseconds, ISO 8601, or `yyyy-MM-dd HH:mm:ss` UTC; else now.',
  }),
  speed: z.string().optional().meta({ description: 'Knots.' }),
  bearing: z.string().optional().meta({ description: 'Degrees; `heading` does as well.' }),
  accuracy: z.string().optional().meta({ description: 'Metres.' }),
  valid: z.string().optional().meta({ description: '`false` or `0`: a position that is not taken.' }),
})
export const appPostAnswerSchema = postLocationsAnswerSchema.extend({
  /** Readings from before the code could be used, or of a kind that is not taken. */
  ignored: z.number().int().min(1).optional(),
})
export type AppPostAnswer = z.infer<typeof appPostAnswerSchema>

/** `POST /api/devices/owntracks`: https://owntracks.org/booklet/tech/json/; messages of another `_type` are left out. */
export const ownTracksLocationSchema = z.looseObject({
  _type: z.literal('location'),
  lat: latSchema,
  lon: lngSchema,
  /** Epoch seconds of the fix. */
  tst: z.number().refine((seconds) => isTime(seconds * 1_000), 'Not a time in epoch seconds.'),
  /** Metres. */
  acc: measuredSchema,
  /** km/h. */
  vel: measuredSchema,
  /** Degrees. */
  cog: measuredSchema,
})
export type OwnTracksLocation = z.infer<typeof ownTracksLocationSchema>
export const ownTracksMessageSchema = z.looseObject({ _type: z.string() })
/** What the app expects: messages for it, of which there are none. */
export const ownTracksAnswerSchema = z.array(z.never())
