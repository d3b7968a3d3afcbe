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
      const { message, timestamp: _, logger: __, ...rest } = entry.log
      log[levelName(entry.level)]({ kafka: rest }, message)
    },
  })
}

function levelName(level: logLevel): 'error' | 'warn' | 'info' | 'debug' {
  switch (level) {
    case logLevel.ERROR:
      return 'error'
    case logLevel.WARN:
      return 'warn'
    case logLevel.INFO:
      return 'info'
    default:
      return 'debug'
  }
}
