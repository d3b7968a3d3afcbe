import type { Location } from '#contracts/location.ts'
import type {
  DeviceChangedEvent,
  ErasedEvent,
  LinkReplacedEvent,
  RouteChangedEvent,
  StatusEvent,
} from '#contracts/topics.ts'
import { isEnded } from '#domain/lifecycle.ts'
import { FIRST_LINKS, type LinkVersions, withNewer } from '#domain/links.ts'
import type { RideProgress } from '#domain/ride-progress.ts'
import { NO_DEVICE, type RidingDevice, withNewerDevice } from '#domain/riding-device.ts'
import { tightRoute } from '#domain/route.ts'
import { FIRST_RIDES, type UsualRides } from '#domain/usual-rides.ts'
import type { DeliveryRecord } from '../db/deliveries.ts'
import { BoundedMap } from '../ground/bounded-map.ts'
import { ProblemError } from '../ground/problem-error.ts'
import { RecentLocations } from './recent-locations.ts'
import { rideSoFar, withPoint } from './ride-so-far.ts'

/** What this instance knows of a delivery: the record from the database, kept true by the events from Kafka. */
export type LiveDelivery = {
  record: DeliveryRecord
  recent: RecentLocations
  /** Of the ride from pick-up on, for the arrival; null before its first point. */
  progress: RideProgress | null
  /** What is usual for the rides of this installation. */
  usual: () => UsualRides
}

type Entry = {
  recent: RecentLocations
  newestStatus: StatusEvent | null
  /** As far as heard of. */
  newestRoute: RouteChangedEvent | null
  links: LinkVersions
  riding: RidingDevice
  loading: Promise<LiveDelivery> | null
  loaded: LiveDelivery | null
  /** The turn at which it last became the newest. */
  newestAt: number
}
type Found = {
  record: DeliveryRecord
  newest: Location[]
  /** What the progress of the ride follows from; empty before pick-up. */
  ridePoints?: Location[]
}
export type Load = (deliveryId: string) => Promise<Found | null>
/** Of which deliveries all events come in here. */
export type Following = {
  /** Called for every post, so it has to be cheap. */
  has(deliveryId: string): boolean
  /** Resolves once what is remembered of it and what the database has are all there is. */
  begin(deliveryId: string): Promise<void>
}
const FOLLOWS_ALL: Following = { has: () => true, begin: async () => {} }
/** How long a caller waits for a look-up; it may throw before the look-up is done. */
type Wait = (lookUp: () => Promise<LiveDelivery>) => Promise<LiveDelivery>

const REMEMBERED = 20_000
/** For so many turns it is left where it is in the order: to move it costs more than all else of a look-up. */
const STILL_NEW = 2_000
/** Some are still asked for: by pages that were left open, and by riders who come back with points from before the end. */
const ENDED_REMEMBERED = 1_000
/** Erased deliveries of which the log may still bring something. */
const ERASED_REMEMBERED = 10_000

/**
 * An instance answers for every delivery of which it sees every event: for all, unless `following` says otherwise.
 * Locations are noted even before the record is asked for: Kafka's events are often newer than the database.
 */
export class LiveDeliveries {
  readonly #underway = new BoundedMap<string, Entry>(REMEMBERED)
  readonly #ended = new BoundedMap<string, Entry>(ENDED_REMEMBERED)
  readonly #erased = new BoundedMap<string, true>(ERASED_REMEMBERED)
  readonly #load: Load
  readonly #wait: Wait
  readonly #usual: () => UsualRides
  readonly #following: Following
  #turn = 0
  #onStatus: (event: StatusEvent) => void = () => {}
  #onLink: (event: LinkReplacedEvent) => void = () => {}
  #onRoute: (event: RouteChangedEvent) => void = () => {}
  #onErased: (event: ErasedEvent) => void = () => {}

  constructor(
    load: Load,
    wait: Wait = (lookUp) => lookUp(),
    usual: () => UsualRides = () => FIRST_RIDES,
    following = FOLLOWS_ALL,
  ) {
    this.#load = load
    this.#wait = wait
    this.#usual = usual
    this.#following = following
  }

  /** What this instance has looked up already; null for what `get` would have to look up. */
  known(deliveryId: string): LiveDelivery | null {
    if (this.#erased.has(deliveryId) || !this.#following.has(deliveryId)) return null
    return this.#touch(deliveryId).loaded
  }

  /** @throws ProblemError `not_found`, or `log_unavailable` when it has to be looked up and the database is away */
  async get(deliveryId: string): Promise<LiveDelivery> {
    if (this.#erased.has(deliveryId)) throw noSuchDelivery()
    if (!this.#following.has(deliveryId)) await this.#following.begin(deliveryId)
    const entry = this.#touch(deliveryId)
    if (entry.loaded) return entry.loaded
    // One look-up, however many ask at once.
    entry.loading ??= this.#loadInto(deliveryId, entry).finally(() => {
      entry.loading = null
    })
    // A caller that has waited long enough is refused; the look-up continues, and the next call may find it done.
    const { loading } = entry
    return await this.#wait(() => loading)
  }

  /** What is remembered of it; undefined when it would have to be looked up. */
  loaded(deliveryId: string): LiveDelivery | undefined {
    return (this.#underway.get(deliveryId) ?? this.#ended.get(deliveryId))?.loaded ?? undefined
  }

  /** After a change that this instance did not make and has not heard of yet. Others are served meanwhile. */
  async reload(deliveryId: string): Promise<LiveDelivery> {
    if (this.#erased.has(deliveryId)) throw noSuchDelivery()
    if (!this.#following.has(deliveryId)) await this.#following.begin(deliveryId)
    return await this.#wait(() => this.#loadInto(deliveryId, this.#touch(deliveryId)))
  }

  noteLocation(location: Location): void {
    if (this.#erased.has(location.deliveryId)) return
    const { recent, loaded } = this.#touch(location.deliveryId)
    recent.add(location)
    if (loaded) loaded.progress = withPoint(loaded.progress, loaded.record, location)
  }

  /** What was noted before, or is older, changes nothing. The reason no event carries: the instance that stores it knows it. */
  noteStatus(event: StatusEvent, reason?: string): void {
    if (this.#erased.has(event.deliveryId)) return
    const entry = this.#touch(event.deliveryId)
    if (entry.newestStatus !== null && event.atMs <= entry.newestStatus.atMs) return
    entry.newestStatus = event
    const { loaded, recent } = entry
    if (loaded) {
      loaded.record = withReason(withStatus(loaded.record, event), reason)
      // The pick-up makes a ride of points that came before this instance heard of it.
      loaded.progress ??= rideSoFar(loaded.record, recent.after(0))
    }
    // The last place before the pick-up: customers are shown it until there is another one.
    const lastPlace = recent.find(event.visibleFromSeq ?? 0)
    if (lastPlace) recent.hold(lastPlace)
    if (isEnded(event.status)) this.#end(event.deliveryId, entry)
    this.#onStatus(event)
  }

  /** Called once for each change, the moment it holds here: before anything that follows from it. */
  onStatus(listener: (event: StatusEvent) => void): void {
    this.#onStatus = listener
  }

  /** What was noted before, or is older, changes nothing. */
  noteLink(event: LinkReplacedEvent): void {
    const { deliveryId, role, version } = event
    if (this.#erased.has(deliveryId)) return
    const entry = this.#touch(deliveryId)
    const links = withNewer(entry.links, role, version)
    if (links === entry.links) return
    entry.links = links
    if (entry.loaded) entry.loaded.record = withLinks(entry.loaded.record, links)
    this.#onLink(event)
  }

  /** Called once for each replaced link, the moment the old one has stopped working here. */
  onLink(listener: (event: LinkReplacedEvent) => void): void {
    this.#onLink = listener
  }

  /** What was noted before, or is older, changes nothing. */
  noteDevice({ deliveryId, deviceId, takeover }: DeviceChangedEvent): void {
    if (this.#erased.has(deliveryId)) return
    const entry = this.#touch(deliveryId)
    entry.riding = withNewerDevice(entry.riding, { deviceId, takeover })
    if (entry.loaded) entry.loaded.record = withDevice(entry.loaded.record, entry.riding)
  }

  /** What was noted before, or is older, changes nothing. */
  noteRoute(event: RouteChangedEvent): void {
    const { deliveryId, plan } = event
    if (this.#erased.has(deliveryId)) return
    const entry = this.#touch(deliveryId)
    if (entry.newestRoute !== null && plan <= entry.newestRoute.plan) return
    entry.newestRoute = event
    const { loaded, recent } = entry
    if (loaded) {
      loaded.record = withRoute(loaded.record, event)
      loaded.progress = rideSoFar(loaded.record, recent.after(0))
    }
    this.#onRoute(event)
  }

  /** Called once for each way that was planned anew, the moment it holds here. */
  onRoute(listener: (event: RouteChangedEvent) => void): void {
    this.#onRoute = listener
  }

  /** Nothing of it is remembered from now on, and what the log still brings of it is not noted. */
  noteErased(event: ErasedEvent): void {
    const { deliveryId } = event
    this.#erased.setLast(deliveryId, true)
    this.#underway.delete(deliveryId)
    this.#ended.delete(deliveryId)
    this.#onErased(event)
  }

  /** Those whose last change and last position are older: should one be asked for, it is looked up again. */
  forgetSilentSince(ms: number): void {
    for (const entries of [this.#underway, this.#ended])
      for (const [deliveryId, entry] of entries) {
        const { recent, newestStatus, loaded } = entry
        const statusAtMs = loaded?.record.delivery.statusAtMs ?? newestStatus?.atMs ?? 0
        // One that is being looked up is asked for right now.
        if (!entry.loading && Math.max(statusAtMs, recent.last?.receivedAtMs ?? 0) < ms)
          entries.delete(deliveryId)
      }
  }

  /** Those of which events do not come in here any more. What is asked for again is looked up again. */
  forgetAll(isOver: (deliveryId: string) => boolean): void {
    for (const entries of [this.#underway, this.#ended])
      for (const [deliveryId] of entries) if (isOver(deliveryId)) entries.delete(deliveryId)
  }

  /** Called with each erased delivery, once it is forgotten here. */
  onErased(listener: (event: ErasedEvent) => void): void {
    this.#onErased = listener
  }

  isErased(deliveryId: string): boolean {
    return this.#erased.has(deliveryId)
  }

  async #loadInto(deliveryId: string, entry: Entry): Promise<LiveDelivery> {
    entry.recent.keepMore()
    const found = await this.#load(deliveryId)
    if (!found) {
      this.#underway.delete(deliveryId)
      throw noSuchDelivery()
    }
    // Meanwhile.
    if (this.#erased.has(deliveryId)) throw noSuchDelivery()
    for (const location of found.newest) entry.recent.hold(location)
    // All of it may have changed while the database was answering.
    const { newestStatus, newestRoute, links, riding } = entry
    const onItsWay = newestRoute ? withRoute(found.record, newestRoute) : found.record
    const known = newestStatus ? withStatus(onItsWay, newestStatus) : onItsWay
    const record = withDevice(withLinks(known, links), riding)
    const progress = rideSoFar(record, [...(found.ridePoints ?? []), ...entry.recent.after(0)])
    // Callers that hold it already see the change as well.
    entry.loaded = Object.assign(entry.loaded ?? {}, {
      record,
      recent: entry.recent,
      progress,
      usual: this.#usual,
    })
    if (record.endedAtMs) this.#end(deliveryId, entry)
    return entry.loaded
  }

  /** It has no more events, and the database has everything that is still asked for. */
  #end(deliveryId: string, entry: Entry): void {
    if (this.#underway.get(deliveryId) !== entry) return
    this.#underway.delete(deliveryId)
    this.#ended.set(deliveryId, entry)
    entry.recent.forgetAllButLast()
  }

  #touch(deliveryId: string): Entry {
    this.#turn += 1
    const known = this.#underway.get(deliveryId)
    if (known && this.#turn - known.newestAt < STILL_NEW) return known
    const ended = known ? undefined : this.#ended.get(deliveryId)
    if (ended) {
      this.#ended.setLast(deliveryId, ended)
      return ended
    }
    const entry = known ?? {
      recent: new RecentLocations(deliveryId),
      newestStatus: null,
      newestRoute: null,
      links: FIRST_LINKS,
      riding: NO_DEVICE,
      loading: null,
      loaded: null,
      newestAt: 0,
    }
    entry.newestAt = this.#turn
    this.#underway.setLast(deliveryId, entry)
    return entry
  }
}

function noSuchDelivery(): ProblemError {
  return new ProblemError('not_found', { detail: 'There is no such delivery.' })
}

/** An older event that arrives late does not take the delivery back. */
function withStatus(record: DeliveryRecord, event: StatusEvent): DeliveryRecord {
  if (event.atMs < record.delivery.statusAtMs) return record
  return {
    ...record,
    delivery: { ...record.delivery, status: event.status, statusAtMs: event.atMs },
    visibleFromSeq: event.visibleFromSeq,
    visibleSeqTold: event.visibleSeqTold,
    pickedUpAtMs: event.pickedUpAtMs,
    endedAtMs: isEnded(event.status) ? event.atMs : null,
  }
}

function withRoute(
  record: DeliveryRecord,
  { plan, fromSeq, route, routed, durationMs }: RouteChangedEvent,
): DeliveryRecord {
  if (plan <= record.plan.number) return record
  return {
    ...record,
    delivery: { ...record.delivery, route: tightRoute(route), routed },
    plan: { number: plan, fromSeq, durationMs },
  }
}

function withReason(record: DeliveryRecord, reason: string | undefined): DeliveryRecord {
  return reason === undefined ? record : { ...record, delivery: { ...record.delivery, reason } }
}

function withLinks(record: DeliveryRecord, { rider, customer }: LinkVersions): DeliveryRecord {
  const links = withNewer(withNewer(record.links, 'rider', rider), 'customer', customer)
  return links === record.links ? record : { ...record, links }
}

function withDevice(record: DeliveryRecord, heard: RidingDevice): DeliveryRecord {
  return { ...record, riding: withNewerDevice(record.riding, heard) }
}
