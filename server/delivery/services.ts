import type { AppPostAnswer } from '#contracts/app-posts.ts'
import type { DeliveryStatus } from '#contracts/delivery.ts'
import type {
  CreateDeliveryAnswer,
  FindPlacesAnswer,
  FindPlacesBody,
  ListDeliveriesAnswer,
  ListDeliveriesQuery,
  ListLocationsAnswer,
  PostDeviceAnswer,
  PostDeviceBody,
  PostLocationsAnswer,
  PostLocationsBody,
  PostStatusBody,
  ReplaceLinkAnswer,
} from '#contracts/http.ts'
import type { Location } from '#contracts/location.ts'
import type { CreateDeliveryBody, Order } from '#contracts/order.ts'
import type { Role } from '#contracts/role.ts'
import type { Snapshot } from '#contracts/snapshot.ts'
import type { Claims } from '#domain/access.ts'
import type { AppReading } from '#domain/app-readings.ts'
import type { Asker, Reader } from '#domain/links.ts'
import type { FoundCode } from '../db/device-codes.ts'
import { sharedInProcess } from '../ground/shared-in-process.ts'
import type { PostContext } from '../kafka/publish.ts'
import type { ReportingApp } from '../metrics.ts'
import type { OrderAnswer } from './create-order.ts'
import type { ExportTrack } from './export-track.ts'
import type { LiveDelivery } from './live-deliveries.ts'
import type { PushSubscriptions } from './push-subscriptions.ts'
import type { ToldWebhooks } from './told-webhooks.ts'

/** What the pages may know of the configuration. */
export type PublicConfig = {
  brand: {
    /** null: the product's own. */
    name: string | null
    /** Where the logo is served. */
    logo: string | null
    /** Its shades in both themes, for a `<style>`. */
    css: string | null
    colour: string | null
  }
  demo: boolean
  /** Whether addresses can be looked up. */
  geocoder: boolean
  tiles: {
    /** Leaflet URL template of raster tiles, or null for none. */
    url: string | null
    attribution: string
    /** Where the `.pmtiles` archive is served, or null without one. */
    archive: string | null
  }
}

/** A prepared delivery, to choose from. */
export type DemoScenario = { id: string; title: { en: string; ko: string } }

/** All that pages and routes may call. Failures are thrown as ProblemError. */
export type Services = {
  publicConfig: PublicConfig
  /** The scripts that stand in the customer's and the rider's page (app/_ui/first-look.ts); null in development. */
  firstLook: { track: string | null; rider: string | null }
  /** Empty outside demo mode. */
  demoScenarios: readonly DemoScenario[]
  /** One of the demo's prepared deliveries. */
  createDelivery(
    wanted: Pick<CreateDeliveryBody, 'scenario'>,
    context: { requestId?: string },
  ): Promise<CreateDeliveryAnswer>
  createOrder(order: Order, context: { requestId: string }): Promise<OrderAnswer>
  /** The demo's deliveries that have not ended, newest first, each with fresh links. Empty outside demo mode. */
  runningDeliveries(): Promise<CreateDeliveryAnswer[]>
  /** Where an address is. */
  findPlaces(asked: FindPlacesBody): Promise<FindPlacesAnswer>
  snapshot(deliveryId: string, reader: Reader): Promise<Snapshot>
  listDeliveries(query: ListDeliveriesQuery): Promise<ListDeliveriesAnswer>
  /**
   * The delivery that the link of these claims opens.
   * @throws ProblemError `unauthenticated` when the link has been replaced, `not_found` without its delivery
   */
  open(claims: Claims): LiveDelivery | Promise<LiveDelivery>
  acceptLocations(
    delivery: LiveDelivery,
    body: PostLocationsBody,
    context: PostContext & { deviceId?: string | undefined; numberedByTime?: boolean },
  ): Promise<PostLocationsAnswer>
  /** What an app on the rider's phone reports. */
  acceptAppReadings(
    code: FoundCode,
    readings: readonly AppReading[],
    context: PostContext & { app: ReportingApp },
  ): Promise<AppPostAnswer>
  /** A new code for the delivery's phone app, asked for by this version of the rider's link. */
  issueDeviceCode(deliveryId: string, riderVersion: number): Promise<string>
  /** Who is told of the delivery's next statuses. */
  push: PushSubscriptions
  /** What the shop's systems were told of a delivery. */
  webhooks: ToldWebhooks
  listLocations(
    deliveryId: string,
    query: { afterSeq: number; limit: number; reader: Reader },
  ): Promise<ListLocationsAnswer>
  /** The ride as a file. */
  exportTrack: ExportTrack
  /** The newest location that the customer may see. */
  currentLocation(deliveryId: string): Promise<Location | null>
  changeStatus(
    deliveryId: string,
    body: PostStatusBody,
    context: { by: 'rider' | 'dispatch'; requestId: string },
  ): Promise<DeliveryStatus>
  /** Nothing of the delivery is kept, and its links stop. */
  eraseDelivery(deliveryId: string, context: { requestId: string }): Promise<void>
  /** This device rides from now on. */
  takeOver(
    deliveryId: string,
    body: PostDeviceBody,
    context: { requestId: string },
  ): Promise<PostDeviceAnswer>
  /** The link of this role stops working; the answer holds the one that takes its place. */
  replaceLink(
    deliveryId: string,
    request: { role: Role; asker: Asker; requestId: string },
  ): Promise<ReplaceLinkAnswer>
}

const shared = sharedInProcess<Services>('services')
export const provideServices = shared.provide
export const services = shared.use
