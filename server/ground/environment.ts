import { isIP } from 'node:net'
import { z } from 'zod'
import { brandColour, brandLogo, brandName } from './brand-settings.ts'
import { isPublicAddress } from './public-address.ts'
import { readSecretFiles } from './read-secret-files.ts'
import {
  bearerSecret,
  brokers,
  contact,
  curveKey,
  databaseUrl,
  flag,
  host,
  httpUrl,
  httpUrls,
  kafkaName,
  mapFile,
  networks,
  oneOf,
  origins,
  port,
  pushHosts,
  rate,
  secret,
  tileUrl,
  webhookSecrets,
  wholeNumber,
} from './settings.ts'
import { StartUpError } from './start-up-error.ts'

/** Of Chrome, Edge and most other browsers on Android; of Firefox; of Safari; of Edge on Windows. */
const PUSH_SERVICES = 'fcm.googleapis.com,*.push.services.mozilla.com,*.push.apple.com,*.notify.windows.com'

const cap = wholeNumber(1, 1_000_000)
/** Ten years at most: for ever is no retention. */
const days = wholeNumber(1, 3_650)

const environmentSchema = z.object({
  /** Anything else would silently be development, and so a demo. */
  NODE_ENV: oneOf('development', 'production', 'test').default('development'),
  PORT: port.default(3000),
  HOST: host.default('127.0.0.1'),
  DATA_DIR: z.string().default('./.data'),
  KAFKA_BROKERS: brokers.optional(),
  KAFKA_SSL: flag.default(false),
  KAFKA_SASL_MECHANISM: oneOf('plain', 'scram-sha-256', 'scram-sha-512').optional(),
  KAFKA_SASL_USERNAME: z.string().optional(),
  KAFKA_SASL_PASSWORD: z.string().optional(),
  KAFKA_PREFIX: kafkaName.default(''),
  KAFKA_REPLICATION_FACTOR: wholeNumber(1, 9).optional(),
  KAFKA_MIN_INSYNC_REPLICAS: wholeNumber(1, 9).optional(),
  KAFKA_PORT: port.default(0),
  KAFKA_AUTO_CREATE_TOPICS: oneOf('true', 'false').optional(),
  KAFKA_NUM_PARTITIONS: wholeNumber(1, 1_000).optional(),
  KAFKA_FSYNC: oneOf('always', 'interval', 'never').optional(),
  KAFKA_FLUSH_INTERVAL_MS: wholeNumber(1, 3_600_000).optional(),
  KAFKA_RETENTION_CHECK_INTERVAL_MS: wholeNumber(1, 86_400_000).optional(),
  DATABASE_URL: databaseUrl.optional(),
  /** Put into DATABASE_URL, so that it need not stand there. */
  DATABASE_PASSWORD: z.string().optional(),
  INSTANCE_ID: kafkaName.optional(),
  PUSH: oneOf('broadcast', 'affine').default('broadcast'),
  INSTANCE_HOST: host.optional(),
  DEMO: flag.optional(),
  DISPATCH_TOKEN: bearerSecret.optional(),
  TOKEN_SECRET: secret(16).optional(),
  TRUSTED_PROXIES: networks.default([]),
  RATE_LIMIT_TOKEN: rate.prefault('20/60'),
  RATE_LIMIT_ADDRESS: rate.prefault('200/600'),
  MAX_CONNECTIONS_ADDRESS: cap.default(4_000),
  MAX_SOCKETS_ADDRESS: cap.default(2_500),
  MAX_SOCKETS_TOKEN: cap.default(500),
  MAX_SOCKETS_DELIVERY: cap.default(1_000),
  ROUTE_URL: httpUrl.optional(),
  GEOCODER_URL: httpUrl.optional(),
  MAP_FILE: mapFile.optional(),
  TILE_URL: tileUrl.optional(),
  TILE_ATTRIBUTION: z
    .string()
    .default('&copy; <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a> contributors'),
  BRAND_NAME: brandName.optional(),
  BRAND_COLOR: brandColour.optional(),
  BRAND_LOGO: brandLogo.optional(),
  EMBED_ORIGINS: origins.default([]),
  OFFLINE_PAGES: flag.default(true),
  PRELOAD_PAGES: flag.default(true),
  LOCATION_RETENTION_DAYS: days.default(30),
  DELIVERY_RETENTION_DAYS: days.default(365),
  WEB_PUSH: flag.default(true),
  PUSH_HOSTS: pushHosts.prefault(PUSH_SERVICES),
  PUSH_ALLOW_PRIVATE: flag.default(false),
  VAPID_PUBLIC_KEY: curveKey(65).optional(),
  VAPID_PRIVATE_KEY: curveKey(32).optional(),
  VAPID_SUBJECT: contact.optional(),
  WEBHOOK_URL: httpUrls.optional(),
  WEBHOOK_SECRET: webhookSecrets.optional(),
  WEBHOOK_NEAR_METERS: wholeNumber(50, 50_000).default(1_000),
  ACCESS_LOG_ONE_IN: wholeNumber(1, 1_000_000).default(1),
  LOG_LEVEL: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent').default('info'),
})

export type Environment = z.infer<typeof environmentSchema>

/** The names of all of them. */
export const SETTINGS = Object.keys(environmentSchema.shape)

/** Settings of the embedded broker that are handed on to its process. */
const BROKER_SETTINGS = [
  'KAFKA_AUTO_CREATE_TOPICS',
  'KAFKA_NUM_PARTITIONS',
  'KAFKA_FSYNC',
  'KAFKA_FLUSH_INTERVAL_MS',
  'KAFKA_RETENTION_CHECK_INTERVAL_MS',
]

/**
 * The settings in `environment`, each as it is meant. An empty value counts as unset, as `docker compose` hands them on.
 * @throws StartUpError naming every variable that is wrong
 */
export function readEnvironment(environment: Record<string, string | undefined>): {
  env: Environment
  /** By their names in the environment, as they are handed on to the broker's process. */
  brokerSettings: Record<string, string>
} {
  const given = Object.fromEntries(
    Object.entries(readSecretFiles(environment)).filter(([, value]) => value !== ''),
  )
  const parsed = environmentSchema.safeParse(given)
  if (!parsed.success) {
    const sentences = new Map(
      parsed.error.issues
        .toReversed()
        .map(({ path: [name], message }) => [name, `${String(name)} ${message}.`]),
    )
    throw new StartUpError([...sentences.values()].toReversed().join('\n'))
  }
  const env = parsed.data
  refuseAlone(env)
  refuseAffineAlone(env)
  if (env.DELIVERY_RETENTION_DAYS < env.LOCATION_RETENTION_DAYS)
    throw new StartUpError(
      `DELIVERY_RETENTION_DAYS (${env.DELIVERY_RETENTION_DAYS}) must not be less than LOCATION_RETENTION_DAYS (${env.LOCATION_RETENTION_DAYS}): the positions go with their delivery.`,
    )
  const { KAFKA_REPLICATION_FACTOR: copies = 0, KAFKA_MIN_INSYNC_REPLICAS: least = 0 } = env
  if (least > copies)
    throw new StartUpError(
      `KAFKA_MIN_INSYNC_REPLICAS (${least}) must not be more than KAFKA_REPLICATION_FACTOR (${copies}): nothing would ever be acknowledged.`,
    )
  return { env, brokerSettings: pick(given, BROKER_SETTINGS) }
}

function pick(given: Record<string, string | undefined>, names: string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])))
}

/** A setting that would do nothing without another one: better said than left out. */
function refuseAlone(env: Environment): void {
  for (const [name, needed] of [
    ['DATABASE_PASSWORD', 'DATABASE_URL'],
    ['KAFKA_SASL_USERNAME', 'KAFKA_SASL_MECHANISM'],
    ['KAFKA_SASL_PASSWORD', 'KAFKA_SASL_MECHANISM'],
    ['KAFKA_SASL_MECHANISM', 'KAFKA_BROKERS'],
    ['KAFKA_REPLICATION_FACTOR', 'KAFKA_BROKERS'],
    ['KAFKA_MIN_INSYNC_REPLICAS', 'KAFKA_REPLICATION_FACTOR'],
    ['VAPID_PUBLIC_KEY', 'VAPID_PRIVATE_KEY'],
    ['WEBHOOK_URL', 'WEBHOOK_SECRET'],
    ['WEBHOOK_SECRET', 'WEBHOOK_URL'],
  ] as const) {
    if (env[name] !== undefined && env[needed] === undefined)
      throw new StartUpError(`${name} is of no use without ${needed}.`)
  }
}

/** Instances that answer for one another share what they answer from, and believe each other who is asking. */
function refuseAffineAlone(env: Environment): void {
  if (env.PUSH !== 'affine') {
    if (env.INSTANCE_HOST !== undefined)
      throw new StartUpError('INSTANCE_HOST is of no use without PUSH=affine.')
    return
  }
  const missing = (['KAFKA_BROKERS', 'DATABASE_URL', 'TOKEN_SECRET'] as const).filter(
    (name) => env[name] === undefined,
  )
  if (missing.length > 0)
    throw new StartUpError(`PUSH=affine is for several instances: set ${missing.join(', ')} as well.`)
  if (env.TRUSTED_PROXIES.length === 0)
    throw new StartUpError(
      'PUSH=affine needs TRUSTED_PROXIES with the addresses of the instances: they answer calls for one another.',
    )
}

/** @throws StartUpError naming those of them that are missing outside demo mode */
export function refuseWithout(
  env: Environment,
  needed: readonly ('TOKEN_SECRET' | 'DISPATCH_TOKEN')[],
): void {
  const missing = needed.filter((name) => env[name] === undefined)
  if (missing.length === 0) return
  throw new StartUpError(
    `Outside demo mode ${missing.join(' and ')} must be set (for example with \`openssl rand -hex 32\`). DEMO=1 runs the demo without.`,
  )
}

/**
 * Outside the demo nothing is sent in the clear, and nothing to an address of this network. What a name leads to is looked at
 * with each connection.
 * @throws StartUpError naming the setting, not the address, which may have a secret in it
 */
export function refuseUnsafeReceivers({ WEBHOOK_URL = [] }: Environment): void {
  for (const url of WEBHOOK_URL) {
    const { protocol, hostname } = new URL(url)
    const address = hostname.replace(/^\[|\]$/g, '')
    if (protocol !== 'https:')
      throw new StartUpError('WEBHOOK_URL must list https addresses only, outside demo mode.')
    if (isIP(address) !== 0 && !isPublicAddress(address))
      throw new StartUpError('WEBHOOK_URL must not list private addresses, outside demo mode.')
  }
}
