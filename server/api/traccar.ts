import { type TraccarBody, type TraccarLocation, traccarBodySchema } from '#contracts/app-posts.ts'
import type { AppReading } from '#domain/app-readings.ts'
import { access } from '../access/access.ts'
import { authenticateApp } from '../access/authenticate.ts'
import { services } from '../delivery/services.ts'
import type { Call } from './call.ts'
import type { Endpoint } from './endpoint.ts'
import { readIsoTime, readOsmAnd } from './osmand.ts'
import { parse, toJson } from './read-json.ts'

/**
 * Takes what Traccar Client sends, JSON or the older parameters. It drops a position from its queue for a 200 alone and
 * sends it again after everything else, the oldest first: so 200 is also the answer to what is known or not taken.
 */
export const reportFromTraccar: Endpoint = async (call) => {
  const bytes = await call.body()
  const app = isJson(call, bytes) ? 'traccar' : 'osmand'
  const { receivedAtMs } = call.context
  const { code, read } = app === 'traccar' ? fromJson(bytes) : fromParameters(bytes, call)
  const opened = await authenticateApp(access(), code, call.context.address)
  const body = await services().acceptAppReadings(opened, read(receivedAtMs), { ...call.context, app })
  return { status: 200, body }
}

/** Some send it under another type; parameters never begin like this. */
function isJson(call: Call, bytes: Uint8Array): boolean {
  return bytes[0] === 0x7b || (call.header('content-type') ?? '').startsWith('application/json')
}

type Reported = { code: string; read(receivedAtMs: number): AppReading[] }

function fromJson(bytes: Uint8Array): Reported {
  const { device_id, location } = parse<TraccarBody>(toJson(bytes), traccarBodySchema)
  const locations = Array.isArray(location) ? location : [location]
  return { code: device_id, read: () => locations.map(toReading) }
}

function toReading({ timestamp, coords }: TraccarLocation): AppReading {
  return {
    lat: coords.latitude,
    lng: coords.longitude,
    recordedAtMs: readIsoTime(timestamp),
    accuracyM: coords.accuracy,
    headingDeg: coords.heading,
    speedMps: coords.speed,
  }
}

/** As Traccar does it: the query, or the body as a form where there is none. */
function fromParameters(bytes: Uint8Array, call: Call): Reported {
  const query = call.query()
  const parameters = query.size > 0 ? query : new URLSearchParams(Buffer.from(bytes).toString('latin1'))
  const code = parameters.get('id') ?? parameters.get('deviceid') ?? ''
  return {
    code,
    read(receivedAtMs) {
      const reading = readOsmAnd(parameters, receivedAtMs)
      return reading === null ? [] : [reading]
    },
  }
}
