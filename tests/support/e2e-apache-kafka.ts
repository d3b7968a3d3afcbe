import { startApacheKafka } from './apache-kafka.ts'
import { APP_KAFKA } from './app-log.ts'

/** Set by `npm run test:kafka`: the apps of the end-to-end tests shall use Apache Kafka. */
export const ON_APACHE_KAFKA = 'TEST_ON_APACHE_KAFKA'

/** Global set-up of the end-to-end tests: the workers inherit the environment. */
export default async function provideApacheKafka(): Promise<(() => Promise<void>) | undefined> {
  if (!process.env[ON_APACHE_KAFKA]) return undefined
  const kafka = await startApacheKafka()
  if ('skipped' in kafka) return undefined
  process.env[APP_KAFKA] = kafka.brokers
  return kafka.stop
}
