import { randomUUID } from 'node:crypto'
import type { PushServices } from '#domain/push-endpoint.ts'
import { type Brand, brandOf } from './ground/brand.ts'
import {
  type Environment,
  readEnvironment,
  refuseUnsafeReceivers,
  refuseWithout,
} from './ground/environment.ts'
import type { RateLimit } from './ground/settings.ts'
import { StartUpError } from './ground/start-up-error.ts'
import { type WebhookReceiver, webhookReceivers } from './ground/webhook-receivers.ts'

export type KafkaAddress = {
  brokers: string[]
  ssl: boolean
  /** Before the name of every topic and group, on a cluster shared with others. */
  prefix: string
  sasl: { mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'; username: string; password: string } | null
}

/** On how many brokers each record of a new topic is, and on how many before it is acknowledged; undefined: as the brokers have it. */
export type TopicCopies = { replicationFactor: number | undefined; minInsyncReplicas: number | undefined }

export type Config = {
  production: boolean
  port: number
  host: string
  dataDir: string
  /** null: the app starts its own embedded broker. */
  kafka: KafkaAddress | null
  topicCopies: TopicCopies
  /** The embedded broker's port; 0 takes a free one. */
  kafkaPort: number
  /** Further settings of the embedded broker, by their names in the environment. */
  brokerSettings: Record<string, string>
  databaseUrl: string | undefined
  instanceId: string
  /**
   * null: each instance reads all locations. Else those of the partitions whose customers it has; `host` is where the gateway
   * and the other instances reach this one, undefined for the name of its machine.
   */
  affine: { host: string | undefined } | null
  demo: boolean
  dispatchToken: string | undefined
  /** undefined only in demo mode, where one is made and kept in `dataDir`. */
  tokenSecret: string | undefined
  trustedProxies: string[]
  rateLimitToken: RateLimit
  rateLimitAddress: RateLimit
  /** TCP connections of one address, and sockets of one client address, at once. */
  maxConnectionsPerAddress: number
  /** Customers' sockets at once, on one instance. */
  maxSockets: { address: number; token: number; delivery: number }
  /** A server that speaks OSRM's HTTP v1; null: ways are planned without one. */
  routeUrl: string | null
  /** A server that speaks Nominatim's search; null: addresses are not looked up. */
  geocoderUrl: string | null
  /** The path of a `.pmtiles` archive, known to be one. */
  mapFile: string | undefined
  tileUrl: string | null
  tileAttribution: string
  brand: Brand
  /** Whose pages may hold the customer's page in a frame. */
  embedOrigins: string[]
  /** Rider's and customer's pages open without network; false: what browsers have kept of them goes. */
  offlinePages: boolean
  /** Customer's and rider's page are loaded before the first visitor asks for them; false: when one does. */
  preloadPages: boolean
  /** How long after its last change of status a delivery keeps its positions, and how long it is kept itself. */
  retention: { locationDays: number; deliveryDays: number }
  /** To which push services messages are sent, by whom they are signed, and whom those services may turn to. */
  push: PushServices & { subject: string | undefined }
  /** undefined: the pair that the secret of the links stands for. */
  vapidPrivateKey: string | undefined
  vapidPublicKey: string | undefined
  /** Whom the events are told; the secrets sign them. Within `nearM` of the door a rider is near. */
  webhooks: { receivers: WebhookReceiver[]; secrets: string[]; allowPrivate: boolean; nearM: number }
  /** Of the calls of the API that went well, how many leave one line in the log. */
  accessLogOneIn: number
  logLevel: string
}

const USUAL_TILES = 'https://tile.openstreetmap.org/{z}/{x}/{y}.png'

/** Whether something is this app's own, and kept in `dataDir`: the log, the database, or the secret of its links. */
export function keepsData({ kafka, databaseUrl, tokenSecret }: Config): boolean {
  return kafka === null || databaseUrl === undefined || tokenSecret === undefined
}

/**
 * The one reader of the environment. An empty value counts as unset, as `docker compose` hands them on.
 * @throws StartUpError naming every variable that is wrong
 */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const { env, brokerSettings } = readEnvironment(environment)
  const production = env.NODE_ENV === 'production'
  const demo = env.DEMO ?? !production
  if (!demo) refuseWithout(env, ['TOKEN_SECRET', 'DISPATCH_TOKEN'])
  if (!demo) refuseUnsafeReceivers(env)
  return {
    production,
    port: env.PORT,
    host: env.HOST,
    dataDir: env.DATA_DIR,
    kafka: env.KAFKA_BROKERS
      ? { brokers: env.KAFKA_BROKERS, ssl: env.KAFKA_SSL, sasl: readSasl(env), prefix: env.KAFKA_PREFIX }
      : null,
    topicCopies: {
      replicationFactor: env.KAFKA_REPLICATION_FACTOR,
      minInsyncReplicas: env.KAFKA_MIN_INSYNC_REPLICAS,
    },
    kafkaPort: env.KAFKA_PORT,
    brokerSettings,
    databaseUrl: withPassword(env.DATABASE_URL, env.DATABASE_PASSWORD),
    instanceId: env.INSTANCE_ID ?? randomUUID().slice(0, 8),
    affine: env.PUSH === 'affine' ? { host: env.INSTANCE_HOST } : null,
    demo,
    dispatchToken: env.DISPATCH_TOKEN,
    tokenSecret: env.TOKEN_SECRET,
    trustedProxies: env.TRUSTED_PROXIES,
    rateLimitToken: env.RATE_LIMIT_TOKEN,
    rateLimitAddress: env.RATE_LIMIT_ADDRESS,
    maxConnectionsPerAddress: env.MAX_CONNECTIONS_ADDRESS,
    maxSockets: {
      address: env.MAX_SOCKETS_ADDRESS,
      token: env.MAX_SOCKETS_TOKEN,
      delivery: env.MAX_SOCKETS_DELIVERY,
    },
    routeUrl: env.ROUTE_URL ?? null,
    geocoderUrl: env.GEOCODER_URL ?? null,
    mapFile: env.MAP_FILE,
    // Who brings a map need not turn the usual one off.
    tileUrl: chosenTileUrl(env),
    tileAttribution: env.TILE_ATTRIBUTION,
    brand: brandOf({ name: env.BRAND_NAME, colour: env.BRAND_COLOR, logo: env.BRAND_LOGO }),
    embedOrigins: env.EMBED_ORIGINS,
    offlinePages: env.OFFLINE_PAGES,
    preloadPages: env.PRELOAD_PAGES,
    retention: {
      locationDays: env.LOCATION_RETENTION_DAYS,
      deliveryDays: env.DELIVERY_RETENTION_DAYS,
    },
    push: {
      hosts: env.WEB_PUSH ? env.PUSH_HOSTS : [],
      allowPrivate: env.PUSH_ALLOW_PRIVATE,
      subject: env.VAPID_SUBJECT,
    },
    vapidPrivateKey: env.VAPID_PRIVATE_KEY,
    vapidPublicKey: env.VAPID_PUBLIC_KEY,
    webhooks: {
      receivers: webhookReceivers(env.WEBHOOK_URL ?? []),
      secrets: env.WEBHOOK_SECRET ?? [],
      allowPrivate: demo,
      nearM: env.WEBHOOK_NEAR_METERS,
    },
    accessLogOneIn: env.ACCESS_LOG_ONE_IN,
    logLevel: env.LOG_LEVEL,
  }
}

function chosenTileUrl({ TILE_URL, MAP_FILE }: Environment): string | null {
  if (TILE_URL === undefined) return MAP_FILE === undefined ? USUAL_TILES : null
  return TILE_URL === 'off' ? null : TILE_URL
}

function withPassword(databaseUrl: string | undefined, password: string | undefined): string | undefined {
  if (databaseUrl === undefined || password === undefined) return databaseUrl
  const url = new URL(databaseUrl)
  // The setter escapes what would end the password early.
  url.password = password
  return url.href
}

function readSasl(env: Environment): KafkaAddress['sasl'] {
  if (env.KAFKA_SASL_MECHANISM === undefined) return null
  if (env.KAFKA_SASL_USERNAME === undefined || env.KAFKA_SASL_PASSWORD === undefined) {
    throw new StartUpError(
      'KAFKA_SASL_MECHANISM needs KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD beside it.',
    )
  }
  return {
    mechanism: env.KAFKA_SASL_MECHANISM,
    username: env.KAFKA_SASL_USERNAME,
    password: env.KAFKA_SASL_PASSWORD,
  }
}
