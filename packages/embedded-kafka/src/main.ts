import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type Broker, createBroker } from './broker.ts'
import { type BrokerOptions, DEFAULTS, type FsyncPolicy } from './config.ts'
import { DirectoryCopied, DirectoryInUse } from './storage/dir-lock.ts'
import { UnusableLogDir } from './storage/log-dir.ts'

/**
 * The broker as a process of its own: `npm run kafka`, or a child of the application. The only file here that
 * reads the environment, prints, or ends the process. Settings: README.md.
 */

/** A setting that cannot be; the message says which. */
class BadSetting extends Error {}

/** How long one that was left without its parent may need to close its log. */
const ENDING_FOR_MS = 3_000
const LOOK_EVERY_MS = 50

const env = process.env

function wholeNumber(name: string): number | undefined {
  const value = env[name]
  if (value === undefined || value === '') return undefined
  if (!/^\d+$/.test(value)) throw new BadSetting(`${name} must be a whole number, not "${value}".`)
  return Number(value)
}

function port(name: string): number | undefined {
  const value = wholeNumber(name)
  if (value !== undefined && value > 65_535)
    throw new BadSetting(`${name} must be a port (0 to 65535), not ${value}.`)
  return value
}

function oneOf<T extends string>(name: string, choices: readonly T[]): T | undefined {
  const value = env[name]
  if (value === undefined || value === '') return undefined
  const choice = choices.find((each) => each === value)
  if (choice === undefined)
    throw new BadSetting(`${name} must be one of ${choices.join(', ')}, not "${value}".`)
  return choice
}

function readOptions(): BrokerOptions {
  const autoCreate = oneOf('KAFKA_AUTO_CREATE_TOPICS', ['true', 'false'])
  const options: { [K in keyof BrokerOptions]: BrokerOptions[K] | undefined } & { logDir: string } = {
    logDir: join(resolve(env.DATA_DIR || '.data'), 'kafka'),
    host: env.KAFKA_HOST || undefined,
    port: port('KAFKA_PORT'),
    advertisedHost: env.KAFKA_ADVERTISED_HOST || undefined,
    advertisedPort: port('KAFKA_ADVERTISED_PORT'),
    autoCreateTopicsEnable: autoCreate && autoCreate === 'true',
    numPartitions: wholeNumber('KAFKA_NUM_PARTITIONS'),
    fsync: oneOf<FsyncPolicy>('KAFKA_FSYNC', ['always', 'interval', 'never']),
    flushIntervalMs: wholeNumber('KAFKA_FLUSH_INTERVAL_MS'),
    logRetentionCheckIntervalMs: wholeNumber('KAFKA_RETENTION_CHECK_INTERVAL_MS'),
    groupInitialRebalanceDelayMs: wholeNumber('KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS'),
    groupMinSessionTimeoutMs: wholeNumber('KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS'),
    logger: { info: (message) => console.log(message), warn: (message) => console.error(message) },
  }
  return options as BrokerOptions
}

/** What to tell the person who started us; undefined for a fault of our own. */
function explain(error: unknown, options: BrokerOptions | undefined): string | undefined {
  if (error instanceof BadSetting || error instanceof UnusableLogDir) return error.message
  if (error instanceof DirectoryInUse || error instanceof DirectoryCopied) return error.message
  const { code } = error as NodeJS.ErrnoException
  const address = `${options?.host ?? DEFAULTS.host}:${options?.port ?? DEFAULTS.port}`
  switch (code) {
    case 'EADDRINUSE':
      return `${address} is already in use. Choose another port with KAFKA_PORT=<port> (0 takes a free one).`
    case 'EACCES':
      return `${address} may not be opened. Choose a port above 1023 with KAFKA_PORT=<port>.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${address} is not an address of this machine. Choose another with KAFKA_HOST=<address>.`
    case 'ENOSPC':
    case 'EROFS':
      return `Cannot write to ${options?.logDir} (${code}).`
    default:
      return undefined
  }
}

/** Where an application was killed and started again at once, the broker of the first is still there for a moment. */
async function openWhenFree(options: BrokerOptions): Promise<Broker> {
  const untilMs = performance.now() + ENDING_FOR_MS
  for (;;) {
    try {
      return await createBroker(options)
    } catch (error) {
      if (!(error instanceof DirectoryInUse) || performance.now() >= untilMs) throw error
    }
    await delay(LOOK_EVERY_MS)
  }
}

async function start(): Promise<void> {
  let broker: Broker | undefined
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    await broker?.close()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  // With a parent, Ctrl-C is not ours to obey: it reaches the whole process group, but the parent still needs us while
  // it winds down, and then tells us. If it dies without a word the channel closes, and we must not be left behind.
  process.on('SIGINT', process.send ? () => {} : stop)
  process.on('disconnect', stop)

  let options: BrokerOptions | undefined
  try {
    options = readOptions()
    broker = await openWhenFree(options)
  } catch (error) {
    console.error(explain(error, options) ?? error)
    process.exit(1)
  }
  const { host, port } = broker
  process.send?.({ type: 'ready', host, port })
  console.log(`Kafka-compatible broker ready on ${host}:${port}`)
}

void start()
