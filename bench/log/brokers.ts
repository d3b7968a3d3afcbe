import { startApacheKafka } from '../../tests/support/apache-kafka.ts'
import { startBundledBroker } from '../../tests/support/bundled-broker.ts'

export type BenchBroker = { name: string; address: string; pid: number | undefined; stop(): Promise<void> }

export async function embeddedBroker(): Promise<BenchBroker> {
  const { address, pid, stop } = await startBundledBroker()
  return { name: 'embedded', address, pid, stop }
}

export async function apacheKafka(): Promise<BenchBroker | null> {
  const kafka = await startApacheKafka()
  if ('skipped' in kafka) return null
  return { name: 'Apache Kafka', address: kafka.brokers, pid: kafka.pid, stop: kafka.stop }
}
