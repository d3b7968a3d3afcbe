import { type DeviceCodeAnswer, OWNTRACKS_USER } from '#contracts/device-code.ts'
import { access } from '../access/access.ts'
import { services } from '../delivery/services.ts'
import { deliveryEndpoint } from './endpoint.ts'

/** A new code for the app on the rider's phone; the one before stops working. */
export const issueDeviceCode = deliveryEndpoint({
  roles: ['rider'],
  async answer({ deliveryId, claims, call }) {
    access().codeLimit.consume(deliveryId)
    const code = await services().issueDeviceCode(deliveryId, claims.version)
    return { status: 201, body: withAddresses(code, call.context.origin) }
  },
})

function withAddresses(code: string, origin: string): DeviceCodeAnswer {
  const url = `${origin}/api/devices/owntracks`
  return {
    code,
    traccar: { url: `${origin}/api/devices/traccar` },
    owntracks: { url, user: OWNTRACKS_USER, configUrl: configUrl(url, code) },
  }
}

/** OwnTracks' own way to be set up: https://owntracks.org/booklet/features/remoteconfig/ ("URL config"). */
function configUrl(url: string, code: string): string {
  const configuration = {
    _type: 'configuration',
    // Private HTTP.
    mode: 3,
    url,
    auth: true,
    username: OWNTRACKS_USER,
    password: code,
    // Moving: a position every so many seconds (Android reads the second name), or after so many metres.
    monitoring: 2,
    locatorInterval: 10,
    moveModeLocatorInterval: 10,
    locatorDisplacement: 20,
    tid: 'RL',
  }
  const inline = Buffer.from(JSON.stringify(configuration)).toString('base64')
  return `owntracks:///config?inline=${encodeURIComponent(inline)}`
}
