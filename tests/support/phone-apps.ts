import { deviceCodeAnswerSchema } from '#contracts/device-code.ts'
import type { CreateDeliveryAnswer } from '#contracts/http.ts'
import type { Api } from './api.ts'

// What phone apps send, byte for byte as their makers publish it but for the code, the time and the place.

/** https://www.traccar.org/osmand/, "JSON format", without the comments. The code stands for `48241179`. */
export const TRACCAR_DOCUMENTED = (code: string) => `{
  "location": {
    "timestamp": "2000-01-01T00:00:00.000Z",
    "coords": {
      "latitude": 0.0,
      "longitude": 0.0,
      "accuracy": 0,
      "speed": 0,
      "heading": 0,
      "altitude": 0
    },
    "is_moving": false,
    "odometer": 0,
    "event": "motionchange",
    "battery": {
      "level": 1,
      "is_charging": false
    },
    "activity": {
      "type": "still"
    },
    "extras": {}
  },
  "device_id": "${code}"
}`

type At = { lat: number; lng: number; atMs: number }

/** What the `locationTemplate` of Traccar Client makes: traccar-client, lib/preferences.dart. The last member, too, holds the code. */
const traccarLocation = (code: string, { lat, lng, atMs }: At) => {
  const timestamp = new Date(atMs).toISOString()
  return `{"timestamp": "${timestamp}","coords": {"latitude": ${lat},"longitude": ${lng},"accuracy": 4.8,"speed": 6.3,"heading": 71.5,"altitude": 38.2},"is_moving": true,"odometer": 1204.6,"event": "","battery": {"level": 0.83,"is_charging": false},"activity": {"type": "in_vehicle"},"extras": {},"_": "&id=${code}&lat=${lat}&lon=${lng}&timestamp=${timestamp}&"}`
}
export const traccarBody = (code: string, at: At) =>
  `{"location":${traccarLocation(code, at)},"device_id":"${code}"}`
/** With `batchSync`, flutter_background_geolocation's HttpEvent. */
export const traccarBatch = (code: string, ats: At[]) =>
  `{"location":[${ats.map((at) => traccarLocation(code, at)).join(',')}],"device_id":"${code}"}`

/** https://www.traccar.org/osmand/, "Query format examples", example 2. */
export const osmAndQuery = (code: string, { lat, lng, atMs }: At) =>
  `deviceid=${code}&lat=${lat}&lon=${lng}&timestamp=${new Date(atMs).toISOString()}&speed=15&bearing=270&altitude=35&accuracy=10&hdop=0.8&batt=75`

/** https://owntracks.org/booklet/features/traccar/, "HTTP Payloads": at the Eiffel Tower in June 2017. */
export const OWNTRACKS_DOCUMENTED =
  '{"lon":2.29513,"lat":48.85833,"_type":"location","tst":1497476456, "tid":"JJ"}'
/** https://owntracks.org/booklet/tech/json/: the members that both apps send. */
export const ownTracksBody = ({ lat, lng, atMs }: At) =>
  `{"_type":"location","acc":9,"alt":38,"batt":83,"bs":1,"cog":71,"conn":"m","created_at":${Math.floor(atMs / 1_000)},"lat":${lat},"lon":${lng},"m":2,"t":"u","tid":"RL","topic":"owntracks/rider/phone","tst":${Math.floor(atMs / 1_000)},"vac":3,"vel":36}`

export function createPhone(api: Api) {
  return {
    async codeOf({ delivery, rider }: CreateDeliveryAnswer) {
      const response = await api.call(`/api/deliveries/${delivery.id}/device-code`, {
        method: 'POST',
        token: rider.token,
      })
      return deviceCodeAnswerSchema.parse(await response.json())
    },
    traccar: (body: string, headers: Record<string, string> = {}) =>
      api.call('/api/devices/traccar', { method: 'POST', body, headers }),
    osmAnd: (method: string, query: string) => api.call(`/api/devices/traccar?${query}`, { method }),
    form: (body: string) =>
      api.call('/api/devices/traccar', {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      }),
    ownTracks: (code: string, body: string, user = 'rider') =>
      api.call('/api/devices/owntracks', {
        method: 'POST',
        body,
        headers: { authorization: `Basic ${btoa(`${user}:${code}`)}` },
      }),
  }
}
