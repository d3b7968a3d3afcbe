import { readFileSync } from 'node:fs'
import { MAP_PATH } from '#contracts/map-path.ts'
import type { Summary } from '#contracts/snapshot.ts'
import { isEnded } from '#domain/lifecycle.ts'
import type { Reader } from '#domain/links.ts'
import { nextReportMs, type Watched } from '#domain/report-rate.ts'
import type { DeviceCodes } from '../access/device-codes.ts'
import type { Tokens } from '../access/tokens.ts'
import type { VapidKeys } from '../access/vapid-keys.ts'
import type { Config } from '../config.ts'
import { findDeliveries, listDeliveries } from '../db/deliveries.ts'
import type { Database } from '../db/open-database.ts'
import { queryWithDeadline } from '../db/query-with-deadline.ts'
import { listRunningIds } from '../db/running-deliveries.ts'
import { SCENARIOS } from '../demo/scenarios.ts'
import { brandLogoPath } from '../ground/brand-logo.ts'
import { ProblemError } from '../ground/problem-error.ts'
import type { Publish } from '../kafka/publish.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'
import { createMayKnowStreets, createPlanRoute } from '../routing/plan-route.ts'
import { createAcceptAppReadings } from './accept-app-readings.ts'
import { createAcceptLocations } from './accept-locations.ts'
import { createChangeStatus } from './change-status.ts'
import { createCreateDelivery, withLinks } from './create-delivery.ts'
import { createCreateOrder } from './create-order.ts'
import { createEraseDelivery } from './erase-delivery.ts'
import { createExportTrack } from './export-track.ts'
import { createIssueDeviceCode } from './issue-device-code.ts'
import { createLearning } from './learn-from-rides.ts'
import { createListDeliveries } from './list-deliveries.ts'
import { createListLocations } from './list-locations.ts'
import { type Following, LiveDeliveries, type LiveDelivery } from './live-deliveries.ts'
import { createLoad } from './load-deliveries.ts'
import { createLookUpAddress } from './look-up-address.ts'
import { createMissedLocations, type MissedLocations } from './missed-locations.ts'
import { createOpenDelivery } from './open-delivery.ts'
import { createPlanAnew } from './plan-anew.ts'
import { createPushSubscriptions } from './push-subscriptions.ts'
import { createReadHistory } from './read-history.ts'
import { createReplaceLink } from './replace-link.ts'
import type { Services } from './services.ts'
import { lastVisible, takeSnapshot } from './snapshot.ts'
import type { Relays } from './start-relays.ts'
import { createSummarise } from './summarise.ts'
import { createTakeOver } from './take-over.ts'
import { createToldWebhooks } from './told-webhooks.ts'

const MOST_ON_THE_DEMO_LIST = 20
const MOST_ON_THE_BOARD = 5_000

type Dependencies = {
  config: Config
  db: Database
  publish: Publish
  relays: Relays
  tokens: Tokens
  keys: VapidKeys
  deviceCodes: DeviceCodes
  metrics: Metrics
  /** Those whose socket is on this instance. */
  customers: { has(deliveryId: string): boolean }
  /** Where not every instance sees every event. */
  affine: { following: Following } | undefined
  logger: Logger
  now: () => number
}

/** The services, and what the readers of the log know of the deliveries as well. */
export type Created = {
  services: Services
  live: LiveDeliveries
  missed: MissedLocations
  /** The ids of all running deliveries, newest first. */
  listRunning: () => Promise<string[]>
  /** Of those of these deliveries that there are. */
  summariesOf: (deliveryIds: readonly string[]) => Promise<Summary[]>
}

/** Puts the delivery service together. The live deliveries and what was missed go to the bridge and the sockets as well. */
export function createServices(dependencies: Dependencies): Created {
  const { config, db, publish, relays, tokens, keys, deviceCodes, metrics, customers, logger, now } =
    dependencies
  const learning = createLearning({ db, metrics, logger, now })
  const wait = (lookUp: () => Promise<LiveDelivery>) => queryWithDeadline(lookUp)
  const live = new LiveDeliveries(createLoad(db), wait, learning.usual, dependencies.affine?.following)
  // While Kafka is away the instances hear from the database of what may open nothing any more.
  relays.links.onWaiting((event) => live.noteLink(event))
  relays.erased.onWaiting((event) => live.isErased(event.deliveryId) || live.noteErased(event))
  const createDelivery = createCreateDelivery({
    ...{ db, tokens, relay: relays.status, scenarios: SCENARIOS, now },
  })
  const readHistory = createReadHistory({ live, db })
  const listLocations = createListLocations({ live, readHistory })
  const summarise = createSummarise({ live, db, now })
  const list = createListDeliveries({ db, summarise })
  const changeStatus = createChangeStatus({ live, db, relay: relays.status, now })

  const planRoute = createPlanRoute({ ...config, logger })
  const mayKnowStreets = createMayKnowStreets(config)
  // Only a database server of its own can have other instances at it.
  const unwatched: Watched = config.databaseUrl === undefined ? 'no' : 'unknown'
  const reportRate = ({ record: { delivery }, recent }: LiveDelivery) =>
    nextReportMs(delivery, recent.believed, customers.has(delivery.id) ? 'yes' : unwatched)
  const acceptLocations = createAcceptLocations({
    ...{ live, db, publish, changeStatus, reportRate, metrics, logger },
    planAnew: createPlanAnew({ live, db, relay: relays.route, planRoute, mayKnowStreets, logger, now }),
  })
  const takeOver = createTakeOver({ live, db, relay: relays.device, now })

  /** The reason of an end is in the database alone: an instance that heard of the end in the log looks it up. */
  async function withItsReason(deliveryId: string, reader: Reader): Promise<LiveDelivery> {
    const delivery = await live.get(deliveryId)
    const { status, reason } = delivery.record.delivery
    const mayHaveOne = status === 'cancelled' || status === 'failed'
    return reader !== 'customer' && mayHaveOne && reason === undefined
      ? await live.reload(deliveryId)
      : delivery
  }

  const services: Services = {
    publicConfig: {
      brand: {
        name: config.brand.name,
        logo: config.brand.logo && brandLogoPath(config.brand.logo),
        css: config.brand.css,
        colour: config.brand.colour?.exact ?? null,
      },
      demo: config.demo,
      geocoder: config.geocoderUrl !== null,
      tiles: {
        url: config.tileUrl,
        attribution: config.tileAttribution,
        archive: config.mapFile === undefined ? null : MAP_PATH,
      },
    },
    firstLook: {
      track: config.production ? readFileSync('dist/first-look-track.js', 'utf8') : null,
      rider: config.production ? readFileSync('dist/first-look-rider.js', 'utf8') : null,
    },
    demoScenarios: config.demo ? SCENARIOS.map(({ id, title }) => ({ id, title })) : [],
    createDelivery: (wanted, context) => queryWithDeadline(() => createDelivery(wanted, context)),
    createOrder: createCreateOrder({ db, tokens, relay: relays.status, planRoute, now }),
    async runningDeliveries() {
      if (!config.demo) return []
      const records = await queryWithDeadline(() =>
        listDeliveries(db, { state: 'live', limit: MOST_ON_THE_DEMO_LIST }),
      )
      // A PIN is for the customer's own page.
      return records.map((record) => withLinks(tokens, { ...record, pin: null }))
    },
    findPlaces: createLookUpAddress({ ...config, logger }),
    listDeliveries: (query) => queryWithDeadline(() => list(query)),
    async snapshot(deliveryId, reader) {
      const delivery = await withItsReason(deliveryId, reader)
      const snapshot = takeSnapshot(delivery, reader, now())
      const wantedMs = reader === 'rider' ? reportRate(delivery) : undefined
      return wantedMs === undefined ? snapshot : { ...snapshot, nextReportMs: wantedMs }
    },
    open: createOpenDelivery({ live, now }),
    acceptLocations,
    acceptAppReadings: createAcceptAppReadings({ live, db, acceptLocations, takeOver, metrics }),
    issueDeviceCode: createIssueDeviceCode({ live, db, codes: deviceCodes, now }),
    push: createPushSubscriptions({ live, db, push: config.push, keys }),
    webhooks: createToldWebhooks({ live, db, receivers: config.webhooks.receivers }),
    listLocations: (deliveryId, query) => queryWithDeadline(() => listLocations(deliveryId, query)),
    exportTrack: createExportTrack({ live, readHistory }),
    async currentLocation(deliveryId) {
      const delivery = await live.get(deliveryId)
      if (isEnded(delivery.record.delivery.status)) {
        throw new ProblemError('delivery_ended', { detail: 'The delivery has ended.' })
      }
      return lastVisible(delivery)
    },
    async changeStatus(deliveryId, { status, ...told }, context) {
      const change = () => changeStatus(deliveryId, status, { ...context, ...told })
      return status === 'delivered' ? await learning.afterDelivery(live, deliveryId, change) : await change()
    },
    eraseDelivery: createEraseDelivery({ live, db, relay: relays.erased, now }),
    takeOver,
    replaceLink: createReplaceLink({ live, db, relay: relays.links, tokens, now }),
  }
  const listRunning = () => queryWithDeadline(() => listRunningIds(db, MOST_ON_THE_BOARD))
  const summariesOf = async (ids: readonly string[]) => await summarise(await findDeliveries(db, ids))
  return { services, live, missed: createMissedLocations({ live, readHistory }), listRunning, summariesOf }
}
