import { createHash } from 'node:crypto'
import { freePort } from './free-port.ts'

/** Set by on-apache-kafka.ts: the apps of this run publish to the Apache Kafka there. */
export const APP_KAFKA = 'TEST_APP_KAFKA'

export type AppLog = {
  settings: Record<string, string>
  broker: string
  inKafka(name: string): string
}

/** The app's log settings: its own embedded broker, or topics and groups of its own on the Apache Kafka of this run. */
export async function appLog(dataDir: string): Promise<AppLog> {
  const apacheKafka = process.env[APP_KAFKA]
  if (!apacheKafka) {
    const port = await freePort()
    return {
      settings: { KAFKA_PORT: String(port) },
      broker: `127.0.0.1:${port}`,
      inKafka: (name) => name,
    }
  }
  // The same for each start on one data directory: it is one installation.
  const prefix = `test-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}.`
  return {
    settings: { KAFKA_BROKERS: apacheKafka, KAFKA_PREFIX: prefix },
    broker: apacheKafka,
    inKafka: (name) => prefix + name,
  }
}
