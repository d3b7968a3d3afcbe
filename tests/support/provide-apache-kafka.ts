import type { TestProject } from 'vitest/node'
import { startApacheKafka } from './apache-kafka.ts'

declare module 'vitest' {
  interface ProvidedContext {
    apacheKafka: { brokers: string } | { skipped: string }
  }
}

/** One Apache Kafka for the whole run: it takes seconds and 400 MB to start. */
export default async function provideApacheKafka(project: TestProject): Promise<() => Promise<void>> {
  const kafka = await startApacheKafka()
  if ('skipped' in kafka) {
    project.provide('apacheKafka', { skipped: kafka.skipped })
    return async () => {}
  }
  project.provide('apacheKafka', { brokers: kafka.brokers })
  return kafka.stop
}
