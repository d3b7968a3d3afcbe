import type { TestProject } from 'vitest/node'
import { type ApacheKafka, startApacheKafka } from './apache-kafka.ts'

declare module 'vitest' {
  interface ProvidedContext {
    apacheKafka: { brokers: string } | { skipped: string }
  }
}

type Shared = { kafka: Promise<ApacheKafka | { skipped: string }>; users: number }

// Each project loads this file anew, in one process: what they share hangs on globalThis.
const SHARED = Symbol.for('rider-live.apache-kafka')
const shelf: typeof globalThis & { [SHARED]?: Shared } = globalThis

/** One Apache Kafka for the whole run, whichever projects use it: it takes seconds and 400 MB to start. */
export default async function provideApacheKafka(project: TestProject): Promise<() => Promise<void>> {
  shelf[SHARED] ??= { kafka: startApacheKafka(), users: 0 }
  const shared = shelf[SHARED]
  shared.users++
  const kafka = await shared.kafka
  if ('skipped' in kafka) {
    project.provide('apacheKafka', { skipped: kafka.skipped })
    return async () => {}
  }
  project.provide('apacheKafka', { brokers: kafka.brokers })
  return async () => {
    shared.users--
    if (shared.users > 0) return
    delete shelf[SHARED]
    await kafka.stop()
  }
}
