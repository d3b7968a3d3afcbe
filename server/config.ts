import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { readSecretFiles } from './ground/read-secret-files.ts'
import {
  bearerSecret,
  brokers,
  databaseUrl,
  flag,
  host,
  kafkaName,
  networks,
  oneOf,
  port,
  rate,
  secret,
  tileUrl,
  wholeNumber,
} from './ground/settings.ts'
import { StartUpError } from './ground/start-up-error.ts'

const cap = wholeNumber(1, 1_000_000)
export type RateLimit = z.infer<typeof rate>

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
  TILE_URL: tileUrl.default('https://tile.openstreetmap.org/{z}/{x}/{y}.png'),
  TILE_ATTRIBUTION: z
    .string()
    .default('&copy; <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a> contributors'),
  LOG_LEVEL: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent').default('info'),
})

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

export type KafkaAddress = {
  brokers: string[]
  ssl: boolean
  /** Before the name of every topic and group, on a cluster shared with others. */
  prefix: string
  sasl: { mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'; username: string; password: string } | null
}

export type Config = {
  production: boolean
  port: number
  host: string
  dataDir: string
  /** null: the app starts its own embedded broker. */
  kafka: KafkaAddress | null
  /** The embedded broker's port; 0 takes a free one. */
  kafkaPort: number
  /** Further settings of the embedded broker, by their names in the environment. */
  brokerSettings: Record<string, string>
  databaseUrl: string | undefined
  instanceId: string
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
  tileUrl: string | null
  tileAttribution: string
  logLevel: string
}

/** Whether something is this app's own, and kept in `dataDir`: the log, the database, or the secret of its links. */
export function keepsData({ kafka, databaseUrl, tokenSecret }: Config): boolean {
  return kafka === null || databaseUrl === undefined || tokenSecret === undefined
}

/**
 * The one reader of the environment. An empty value counts as unset, as `docker compose` hands them on.
 * @throws StartUpError naming every variable that is wrong
 */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
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
  const production = env.NODE_ENV === 'production'
  const demo = env.DEMO ?? !production
  if (!demo) {
    const missing = (['TOKEN_SECRET', 'DISPATCH_TOKEN'] as const).filter((name) => env[name] === undefined)
    if (missing.length > 0) {
      throw new StartUpError(
        `Outside demo mode ${missing.join(' and ')} must be set (for example with \`openssl rand -hex 32\`). DEMO=1 runs the demo without.`,
      )
    }
  }
  return {
    production,
    port: env.PORT,
    host: env.HOST,
    dataDir: env.DATA_DIR,
    kafka: env.KAFKA_BROKERS
      ? { brokers: env.KAFKA_BROKERS, ssl: env.KAFKA_SSL, sasl: readSasl(env), prefix: env.KAFKA_PREFIX }
      : null,
    kafkaPort: env.KAFKA_PORT,
    brokerSettings: pick(given, BROKER_SETTINGS),
    databaseUrl: withPassword(env.DATABASE_URL, env.DATABASE_PASSWORD),
    instanceId: env.INSTANCE_ID ?? randomUUID().slice(0, 8),
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
    tileUrl: env.TILE_URL === 'off' ? null : env.TILE_URL,
    tileAttribution: env.TILE_ATTRIBUTION,
    logLevel: env.LOG_LEVEL,
  }
}

function withPassword(databaseUrl: string | undefined, password: string | undefined): string | undefined {
  if (databaseUrl === undefined || password === undefined) return databaseUrl
  const url = new URL(databaseUrl)
  // The setter escapes what would end the password early.
  url.password = password
  return url.href
}

function pick(given: Record<string, string | undefined>, names: string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])))
}

/** A setting that would do nothing without another one: better said than left out. */
function refuseAlone(env: z.infer<typeof environmentSchema>): void {
  for (const [name, needed] of [
    ['DATABASE_PASSWORD', 'DATABASE_URL'],
    ['KAFKA_SASL_USERNAME', 'KAFKA_SASL_MECHANISM'],
    ['KAFKA_SASL_PASSWORD', 'KAFKA_SASL_MECHANISM'],
    ['KAFKA_SASL_MECHANISM', 'KAFKA_BROKERS'],
  ] as const) {
    if (env[name] !== undefined && env[needed] === undefined)
      throw new StartUpError(`${name} is of no use without ${needed}.`)
  }
}

function readSasl(env: z.infer<typeof environmentSchema>): KafkaAddress['sasl'] {
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
