import { Kafka, type KafkaConfig, logLevel } from 'kafkajs'
import type { KafkaAddress } from '../config.ts'
import type { Log } from '../log.ts'

/** The one place that configures kafkajs. Waits are short: our own deadlines decide, not the library's. */
export function createKafkaClient({ brokers, ssl, sasl }: KafkaAddress, clientId: string, log: Log): Kafka {
  return new Kafka({
    clientId,
    brokers,
    ssl,
    ...(sasl === null ? {} : { sasl: sasl as NonNullable<KafkaConfig['sasl']> }),
    connectionTimeout: 2_000,
    requestTimeout: 5_000,
    enforceRequestTimeout: true,
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 5 },
    logLevel: logLevel.WARN,
    logCreator: () => (entry) => {
      const { message, timestamp: _timestamp, logger: _logger, stack: _stack, ...rest } = entry.log
      log[levelName(entry.level)]({ kafka: rest }, message)
    },
  })
}

/** One below its own: what kafkajs calls an error it usually mends itself, and what it cannot mend is thrown at us. */
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
