import type { TrackFormat } from '../delivery/export-track.ts'
import { services } from '../delivery/services.ts'
import { dispatchOnlyEndpoint, type Endpoint } from './endpoint.ts'

/** The types that are registered, or in use for want of that. GeoJSON: RFC 7946 §12. */
const TYPES = { gpx: 'application/gpx+xml', geojson: 'application/geo+json' }

/** The ride as it is stored, as a file to save. */
export function exportTrack(format: TrackFormat): Endpoint {
  return dispatchOnlyEndpoint(async ({ deliveryId }) => ({
    status: 200,
    stream: await services().exportTrack(deliveryId, format),
    headers: {
      'Content-Type': TYPES[format],
      'Content-Disposition': `attachment; filename="ride-${deliveryId.replaceAll(/[^\w-]/g, '_')}.${format}"`,
    },
  }))
}
