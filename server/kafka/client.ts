import { type ISocketFactory, Kafka, type KafkaConfig, logLevel } from 'kafkajs'
import type { KafkaAddress } from '../config.ts'
import type { Logger } from '../logger.ts'
import { replaceFetchProtocol } from './fetch-protocol.ts'
import { repeatFetches } from './repeated-fetches.ts'
import { restQueues } from './resting-queues.ts'
import { connectForWholeFrames } from './whole-frames.ts'

export type Connect = ISocketFactory

replaceFetchProtocol()
repeatFetches()
restQueues()

/** While riders and customers wait, waits are short: our own deadlines decide, not the library's. */
const REQUEST_WITHIN_MS = 5_000

/** Of every request, and of the work of every consumer. */
export const RETRY = { initialRetryTime: 100, maxRetryTime: 2_000, retries: 5 }

type ClientOptions = {
  clientId: string
  requestWithinMs?: number
  /** Opens each of its connections. */
  connect?: Connect | undefined
}

/** The one place that configures kafkajs. */
export function createKafkaClient(
  { brokers, ssl, sasl }: KafkaAddress,
  { clientId, requestWithinMs = REQUEST_WITHIN_MS, connect = connectForWholeFrames }: ClientOptions,
  logger: Logger,
): Kafka {
  return new Kafka({
    clientId,
    brokers,
    ssl,
    ...(sasl === null ? {} : { sasl: sasl as NonNullable<KafkaConfig['sasl']> }),
    socketFactory: connect,
    connectionTimeout: 2_000,
    requestTimeout: requestWithinMs,
    enforceRequestTimeout: true,
    retry: RETRY,
    logLevel: logLevel.WARN,
    logCreator: () => (entry) => {
      const { message, timestamp: _timestamp, logger: _logger, stack: _stack, ...rest } = entry.log
      logger[levelName(entry.level)]({ kafka: rest }, message)
    },
  })
}

/** One level below kafkajs' own: it usually mends what it logs as an error, and throws what it cannot mend. */
function levelName(level: logLevel): 'warn' | 'info' | 'debug' {
  switch (level) {
    case logLevel.ERROR:
      return 'warn'
    case logLevel.WARN:
      return 'info'
    default:
      return 'debug'
  }
}
