import { type Logger, silentLogger } from './logger.ts'

/**
 * When data reaches the disk itself. Every policy survives the death of the process, kill -9 included, because
 * write(2) precedes every acknowledgement; they differ in what a power cut or a kernel crash may take.
 *   always    nothing acknowledged is lost: fsync precedes the acknowledgement (concurrent writers share one)
 *   interval  at most the last `flushIntervalMs`
 *   never     whatever the kernel had not written yet (Apache Kafka's own default; it relies on replicas)
 */
export type FsyncPolicy = 'always' | 'interval' | 'never'

/** Names are Kafka's broker settings in camelCase: https://kafka.apache.org/documentation/#brokerconfigs */
export interface BrokerConfig {
  readonly host: string
  /** 0 picks a free port. */
  readonly port: number
  /** What clients are told to connect to; a proxy in front of the broker puts its own address here. */
  readonly advertisedHost: string | undefined
  readonly advertisedPort: number | undefined
  /** The folder of the log. It is locked while the broker runs. */
  readonly logDir: string
  readonly logger: Logger

  readonly autoCreateTopicsEnable: boolean
  readonly numPartitions: number
  /** All topics together; each partition that is written to keeps one file open. */
  readonly maxPartitions: number

  readonly fsync: FsyncPolicy
  readonly flushIntervalMs: number
  readonly logRetentionCheckIntervalMs: number

  readonly groupInitialRebalanceDelayMs: number
  readonly groupMinSessionTimeoutMs: number
  readonly groupMaxSessionTimeoutMs: number
  readonly groupMaxSize: number
  readonly offsetsRetentionMs: number
  readonly offsetMetadataMaxBytes: number
  readonly producerIdExpirationMs: number

  readonly maxConnections: number
  readonly connectionsMaxIdleMs: number
  /** A half request, or a response nobody reads, is given up after this long without progress. */
  readonly connectionStallMs: number
  readonly socketRequestMaxBytes: number
  /** Bytes of unfinished requests, all connections together. */
  readonly queuedMaxRequestBytes: number
  readonly fetchMaxBytes: number
  /**
   * Bytes of responses that clients have not taken yet, all connections together. Above it a Fetch brings one batch
   * only; at twice as much none, and whoever has kept its response waiting longest is closed.
   */
  readonly queuedMaxResponseBytes: number
}

const MIB = 1024 * 1024
const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

export const DEFAULTS: Omit<BrokerConfig, 'logDir'> = {
  host: '127.0.0.1',
  port: 9092,
  advertisedHost: undefined,
  advertisedPort: undefined,
  logger: silentLogger,

  autoCreateTopicsEnable: true,
  numPartitions: 6,
  maxPartitions: 2_000,

  fsync: 'interval',
  flushIntervalMs: 1_000,
  logRetentionCheckIntervalMs: 5 * MINUTE_MS,

  // Kafka waits 3 s for more members of a new group; nobody starting a demo wants to.
  groupInitialRebalanceDelayMs: 50,
  groupMinSessionTimeoutMs: 6_000,
  groupMaxSessionTimeoutMs: 30 * MINUTE_MS,
  groupMaxSize: 1_000,
  offsetsRetentionMs: 7 * DAY_MS,
  offsetMetadataMaxBytes: 4_096,
  producerIdExpirationMs: DAY_MS,

  maxConnections: 5_000,
  connectionsMaxIdleMs: 10 * MINUTE_MS,
  connectionStallMs: 30_000,
  // Kafka's default is 100 MiB; 16 MiB is plenty beside the 1 MiB limit of a batch, and keeps memory small.
  socketRequestMaxBytes: 16 * MIB,
  queuedMaxRequestBytes: 24 * MIB,
  fetchMaxBytes: MIB,
  queuedMaxResponseBytes: 12 * MIB,
}

/** All settings are optional but the folder. */
export type BrokerOptions = Pick<BrokerConfig, 'logDir'> & Partial<BrokerConfig>

export function brokerConfig(options: BrokerOptions): BrokerConfig {
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  return { ...DEFAULTS, logDir: options.logDir, ...Object.fromEntries(given) }
}
