import type { TestProject } from 'vitest/node'
import { runTeardowns } from '../../support/at-end.ts'
import { startBroker } from '../../support/broker.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Absent in the runs on Apache Kafka. */
    embeddedKafka?: { brokers: string }
  }
}

/** One embedded broker for the whole run, as Apache Kafka has it: the rules must hold with others at work beside. */
export default async function provideEmbeddedKafka(project: TestProject): Promise<() => Promise<void>> {
  const { address } = await startBroker({ env: { KAFKA_RETENTION_CHECK_INTERVAL_MS: '500' } })
  project.provide('embeddedKafka', { brokers: address })
  return runTeardowns
}
