import type { Location } from '#contracts/location.ts'

/** A point as this instance's bridge read it. */
export type PointRead = {
  location: Location
  requestId: string | undefined
  sentAtMs: number | undefined
  publishedAtMs: number | undefined
  partition: number
  offset: string
  /** The record's own time, epoch milliseconds: the producer's or the broker's, as the topic is configured. */
  timestamp: string
  readAtMs: number
  /** Whether a customer of the delivery is connected to this instance. */
  customersHere: boolean
}

/** Follows single points on their way through this instance, for the visitors of /inside. */
export type PointObserver = {
  /** Called for every point of every delivery, so it has to be cheap. */
  isWatched(deliveryId: string): boolean
  onRead(point: PointRead): void
  onEmitted(deliveryId: string, seq: number, atMs: number): void
  onPainted(deliveryId: string, seq: number, atMs: number): void
}
