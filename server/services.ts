import type { DeliveryStatus } from '#contracts/delivery.ts'
import type {
  CreateDeliveryAnswer,
  ListLocationsAnswer,
  PostLocationsAnswer,
  PostLocationsBody,
} from '#contracts/http.ts'
import type { Location } from '#contracts/location.ts'
import type { Role } from '#contracts/role.ts'
import type { Snapshot } from '#contracts/snapshot.ts'

/** What the pages may know of the configuration. */
export type PublicConfig = {
  demo: boolean
  /** Leaflet URL template of raster tiles, or null for none. */
  tileUrl: string | null
  tileAttribution: string
}

/** All that pages and routes may call. Failures are thrown as ProblemError. */
export type Services = {
  publicConfig: PublicConfig
  createDelivery(input: { scenario?: string | undefined }): Promise<CreateDeliveryAnswer>
  /** The demo's deliveries that have not ended, newest first, each with fresh links. Empty outside demo mode. */
  runningDeliveries(): Promise<CreateDeliveryAnswer[]>
  snapshot(deliveryId: string, reader: Role): Promise<Snapshot>
  acceptLocations(
    deliveryId: string,
    body: PostLocationsBody,
    context: { requestId: string; receivedAtMs: number },
  ): Promise<PostLocationsAnswer>
  listLocations(
    deliveryId: string,
    query: { afterSeq: number; limit: number; reader: Role },
  ): Promise<ListLocationsAnswer>
  /** The newest location that the customer may see. */
  currentLocation(deliveryId: string): Promise<Location | null>
  changeStatus(
    deliveryId: string,
    status: DeliveryStatus,
    context: { requestId: string },
  ): Promise<DeliveryStatus>
}

/**
 * Next bundles its own copy of every module it imports, so a module variable would exist twice in this one
 * process. What both copies must share hangs on globalThis.
 */
const KEY = Symbol.for('rider-live.services')
const shared = globalThis as { [KEY]?: Services }

export function provideServices(services: Services): void {
  shared[KEY] = services
}

export function services(): Services {
  const provided = shared[KEY]
  if (!provided)
    throw new Error('The services are not there yet: pages and routes run inside server/index.ts')
  return provided
}
