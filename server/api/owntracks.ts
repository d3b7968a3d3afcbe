import {
  type OwnTracksLocation,
  ownTracksLocationSchema,
  ownTracksMessageSchema,
} from '#contracts/app-posts.ts'
import { type AppReading, withinSecond } from '#domain/app-readings.ts'
import { access } from '../access/access.ts'
import { authenticateApp } from '../access/authenticate.ts'
import { services } from '../delivery/services.ts'
import type { Endpoint } from './endpoint.ts'
import { parse, toJson } from './read-json.ts'

const MPS_PER_KMH = 1_000 / 3_600

/**
 * Takes what OwnTracks sends in HTTP mode; the code is the password of its Basic authentication. It expects a list of
 * messages for itself, always empty here. On Android it keeps sending what was not answered 2xx, the oldest first; on iOS it
 * drops what is answered 4xx, and says so.
 */
export const reportFromOwnTracks: Endpoint = async (call) => {
  const code = passwordOf(call.header('authorization'))
  const opened = await authenticateApp(access(), code, call.context.address)
  const bytes = await call.body()
  // It sends an empty body when a friend is deleted.
  const message: unknown = bytes.length === 0 ? { _type: '' } : toJson(bytes)
  if (parse(message, ownTracksMessageSchema)._type === 'location') {
    const reading = toReading(
      parse<OwnTracksLocation>(message, ownTracksLocationSchema),
      call.context.receivedAtMs,
    )
    await services().acceptAppReadings(opened, [reading], { ...call.context, app: 'owntracks' })
  }
  return { status: 200, body: [] }
}

/** RFC 7617. Whoever left the password empty has put the code where the name goes. */
function passwordOf(authorization: string | null): string {
  const encoded = /^Basic +([A-Za-z0-9+/]+=*) *$/i.exec(authorization ?? '')?.[1] ?? ''
  const [user = '', password = ''] = Buffer.from(encoded, 'base64').toString().split(/:(.*)/s)
  return password || user
}

function toReading({ lat, lon, tst, acc, vel, cog }: OwnTracksLocation, receivedAtMs: number): AppReading {
  return {
    lat,
    lng: lon,
    recordedAtMs: withinSecond(tst, receivedAtMs),
    accuracyM: acc,
    headingDeg: cog,
    speedMps: typeof vel === 'number' ? vel * MPS_PER_KMH : vel,
  }
}
