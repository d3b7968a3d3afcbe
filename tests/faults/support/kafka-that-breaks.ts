import { randomUUID } from 'node:crypto'
import { startOnJava } from '../../support/apache-kafka.ts'
import { apacheKafkaJars } from '../../support/apache-kafka-jars.ts'
import { atEnd } from '../../support/at-end.ts'
import { startBundledBroker } from '../../support/bundled-broker.ts'
import { freePort } from '../../support/free-port.ts'
import { tempDir } from '../../support/temp-dir.ts'
import { dropRequests } from './drop-requests.ts'
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts'
import { stackName } from './stack-name.ts'

export type KafkaThatBreaks = {
  /** What the app is given: it, and everybody else, reaches the broker through the proxy only. */
  settings: { KAFKA_BROKERS: string; KAFKA_PREFIX: string }
  proxy: FaultProxy
  /** Requests of this kind (`API_KEY`) get lost on the way from now on, or no longer. */
  lose(apiKey: number, lost: boolean): void
  pid(): number
  kill9(): Promise<void>
  /** On the same data, behind the same proxy. */
  start(): Promise<void>
}
type Broker = { pid: number | undefined; kill9(): Promise<void> }

/** A broker of this test's own behind a fault proxy: Apache Kafka in the run on servers, else the embedded one. */
export async function startKafkaThatBreaks({
  started = true,
  directory = tempDir(),
  env = {},
}: {
  started?: boolean
  /** Where its data lies. */
  directory?: string
  /** Further settings of the embedded broker. */
  env?: Record<string, string>
} = {}): Promise<KafkaThatBreaks> {
  const lost = new Set<number>()
  const proxy = await startFaultProxy(await freePort(), () => dropRequests(lost))
  const launch =
    stackName() === 'servers' ? await onApacheKafka(proxy, directory) : onEmbedded(proxy, directory, env)
  let broker = started ? await launch() : undefined
  const running = () => {
    if (!broker) throw new Error('the broker is not running')
    return broker
  }
  return {
    settings: {
      KAFKA_BROKERS: `127.0.0.1:${proxy.port}`,
      KAFKA_PREFIX: `fault-${randomUUID().slice(0, 8)}.`,
    },
    proxy,
    lose: (apiKey, isLost) => void (isLost ? lost.add(apiKey) : lost.delete(apiKey)),
    pid: () => running().pid as number,
    kill9: () => running().kill9(),
    async start() {
      broker = await launch()
    },
  }
}

function onEmbedded(
  { port, target }: FaultProxy,
  dataDir: string,
  env: Record<string, string>,
): () => Promise<Broker> {
  return () =>
    startBundledBroker({
      dataDir,
      port: target,
      env: { KAFKA_ADVERTISED_HOST: '127.0.0.1', KAFKA_ADVERTISED_PORT: String(port), ...env },
    })
}

async function onApacheKafka(
  { port, target }: FaultProxy,
  directory: string,
): Promise<() => Promise<Broker>> {
  const jars = apacheKafkaJars()
  if ('skipped' in jars) throw new Error(jars.skipped)
  const controllerPort = await freePort()
  return async () => {
    const broker = await startOnJava(jars.classpath, {
      directory,
      ports: { port: target, controllerPort },
      moreSettings: () => ({
        'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
        // Made at their full size with each segment, 10 MB each: too much for a small disk.
        'log.index.size.max.bytes': '262144',
      }),
    })
    atEnd(broker.stop)
    return broker
  }
}
