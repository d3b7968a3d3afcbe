import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { readSecretFiles } from './read-secret-files.ts'
import { StartUpError } from './start-up-error.ts'

/** `20/60` reads: 20 requests a second on average, up to 60 at once. A bare `20` allows bursts of three seconds' worth. */
const rateSchema = z
  .string()
  .regex(/^\d+(\/\d+)?$/, 'write it as rate/burst, e.g. 20/60')
  .transform((text) => {
    const [perSecond = 0, burst] = text.split('/').map(Number)
    return { perSecond, burst: burst ?? perSecond * 3 }
  })
  .refine(({ perSecond, burst }) => perSecond > 0 && burst >= perSecond, {
    message: 'the rate must be above 0 and the burst no smaller than the rate',
  })
export type RateLimit = z.infer<typeof rateSchema>

const flag = z
  .enum(['1', '0', 'true', 'false', 'on', 'off'])
  .transform((text) => text === '1' || text === 'true' || text === 'on')
const port = z.coerce.number().int().min(0).max(65_535)
const cap = z.coerce.number().int().min(1).max(1_000_000)
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
)

const environmentSchema = z.object({
  NODE_ENV: z.string().default('development'),
  PORT: port.default(3000),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('./.data'),
  KAFKA_BROKERS: list.optional(),
  KAFKA_SSL: flag.default(false),
  KAFKA_SASL_MECHANISM: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']).optional(),
  KAFKA_SASL_USERNAME: z.string().optional(),
  KAFKA_SASL_PASSWORD: z.string().optional(),
  /** Kafka's own rule for names. */
  KAFKA_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9._-]{0,100}$/, 'letters, digits, dots, dashes and underscores only')
    .default(''),
  KAFKA_PORT: port.default(0),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// address' }).optional(),
  /** Put into DATABASE_URL, so that it need not stand there. */
  DATABASE_PASSWORD: z.string().optional(),
  INSTANCE_ID: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,100}$/, 'letters, digits, dots, dashes and underscores only')
    .optional(),
  DEMO: flag.optional(),
  DISPATCH_TOKEN: z.string().min(8, 'use at least 8 characters').optional(),
  TOKEN_SECRET: z.string().min(16, 'use at least 16 characters').optional(),
  TRUSTED_PROXIES: list.default([]),
  RATE_LIMIT_TOKEN: rateSchema.prefault('20/60'),
  RATE_LIMIT_ADDRESS: rateSchema.prefault('200/600'),
  MAX_CONNECTIONS_ADDRESS: cap.default(4_000),
  MAX_SOCKETS_ADDRESS: cap.default(2_500),
  MAX_SOCKETS_TOKEN: cap.default(500),
  MAX_SOCKETS_DELIVERY: cap.default(1_000),
  TILE_URL: z.string().default('https://tile.openstreetmap.org/{z}/{x}/{y}.png'),
  TILE_ATTRIBUTION: z
    .string()
    .default('&copy; <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a> contributors'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
})

/** Settings of the embedded broker that are handed on as they are: it reads and checks them itself. */
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

/**
 * The one reader of the environment. An empty value counts as unset, as `docker compose` hands them on.
 * @throws StartUpError naming every variable that is wrong
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(
    Object.entries(readSecretFiles(environment)).filter(([, value]) => value !== ''),
  )
  const parsed = environmentSchema.safeParse(given)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${String(issue.path[0])}: ${issue.message}`)
    throw new StartUpError(`The configuration is not usable:\n${lines.join('\n')}`)
  }
  const env = parsed.data
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
