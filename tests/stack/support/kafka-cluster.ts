import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Kafka, logLevel } from 'kafkajs'
import { parse } from 'yaml'
import { withAdmin } from '#server/inside/log/with-admin.ts'
import { type OwnApacheKafka, startOnJava } from '../../support/apache-kafka.ts'
import { apacheKafkaJars } from '../../support/apache-kafka-jars.ts'
import { atEnd } from '../../support/at-end.ts'
import { freePort } from '../../support/free-port.ts'
import { pollUntil } from '../../support/poll-until.ts'
import { tempDir } from '../../support/temp-dir.ts'

export const NODES = [1, 2, 3] as const
export type Node = (typeof NODES)[number]

/** Three Java virtual machines on a small machine: they start sooner when they compile less. */
const JAVA_OPTIONS = ['-Xms96m', '-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1']
const WITHIN = { withinMs: 120_000 }

export type KafkaCluster = {
  addresses: string
  /** The leader and the replicas in sync of every partition of every topic, as a broker that lives says. */
  partitions(): Promise<{ topic: string; leader: number; copies: number; inSync: number[] }[]>
  setting(topic: string, name: string): Promise<string | undefined>
  /** Who leads the metadata, as the brokers themselves keep it. */
  controller(): Node
  kill9(node: Node): Promise<void>
  /** In its own directory; resolves once it is in sync everywhere. */
  startAgain(...nodes: Node[]): Promise<void>
}

/** The three brokers of compose.yaml's profile `cluster` as processes: its settings, with this machine's addresses. */
export async function startKafkaCluster(): Promise<KafkaCluster | { skipped: string }> {
  const jars = apacheKafkaJars()
  if ('skipped' in jars) return jars
  const { classpath } = jars
  const ports = await Promise.all(
    NODES.map(async () => ({ port: await freePort(), controllerPort: await freePort() })),
  )
  const portsOf = (node: Node) => ports[node - 1] as (typeof ports)[number]
  const directories = NODES.map(() => tempDir())
  const clusterId = randomBytes(16).toString('base64url')
  const voters = NODES.map((node) => `${node}@127.0.0.1:${portsOf(node).controllerPort}`).join(',')
  const running = new Map<Node, OwnApacheKafka>()

  async function start(node: Node): Promise<void> {
    const { port, controllerPort } = portsOf(node)
    const directory = directories[node - 1] as string
    const broker = await startOnJava(classpath, {
      directory,
      ports: portsOf(node),
      clusterId,
      javaOptions: JAVA_OPTIONS,
      moreSettings: () => ({
        ...settingsOf(node),
        'log.dirs': join(directory, 'data'),
        listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
        'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
        'controller.quorum.voters': voters,
      }),
    })
    running.set(node, broker)
  }

  const ask: <T>(errand: Parameters<typeof withAdmin<T>>[1]) => Promise<T> = (errand) =>
    withAdmin(
      new Kafka({
        brokers: [...running.values()].map(({ brokers }) => brokers),
        logLevel: logLevel.NOTHING,
        retry: { retries: 0 },
      }),
      errand,
    )
  const partitions: KafkaCluster['partitions'] = () =>
    ask(async (admin) =>
      (await admin.fetchTopicMetadata()).topics.flatMap(({ name, partitions }) =>
        partitions.map(({ leader, replicas, isr }) => ({
          topic: name,
          leader,
          copies: replicas.length,
          inSync: isr,
        })),
      ),
    )

  // Those that are started again later end with the first: the apps on them end before.
  atEnd(() => Promise.all([...running.values()].map((broker) => broker.stop())))
  await Promise.all(NODES.map(start))
  await pollUntil(
    async () => (await ask((admin) => admin.describeCluster())).brokers.length === NODES.length,
    { ...WITHIN, what: 'three brokers in one cluster' },
  )
  return {
    addresses: ports.map(({ port }) => `127.0.0.1:${port}`).join(','),
    partitions,
    async setting(topic, name) {
      const { resources } = await ask((admin) =>
        admin.describeConfigs({ includeSynonyms: false, resources: [{ type: 2, name: topic }] }),
      )
      return resources[0]?.configEntries.find(({ configName }) => configName === name)?.configValue
    },
    controller() {
      const [node] = [...running.keys()]
      const state = join(directories[(node as Node) - 1] as string, 'data/__cluster_metadata-0/quorum-state')
      return JSON.parse(readFileSync(state, 'utf8')).leaderId
    },
    async kill9(node) {
      const broker = running.get(node)
      running.delete(node)
      await broker?.kill9()
    },
    async startAgain(...nodes) {
      await Promise.all(nodes.map(start))
      await pollUntil(
        async () => (await partitions()).every(({ inSync }) => nodes.every((node) => inSync.includes(node))),
        { ...WITHIN, what: `brokers ${nodes.join(' and ')} in sync everywhere` },
      )
    },
  }
}

/** As the image makes them of its environment: KAFKA_MIN_INSYNC_REPLICAS is min.insync.replicas. */
function settingsOf(node: Node): Record<string, string> {
  const { services } = parse(readFileSync(join(import.meta.dirname, '../../../compose.yaml'), 'utf8'), {
    merge: true,
  })
  const { KAFKA_HEAP_OPTS: _, ...environment } = services[`kafka-${node}`].environment
  return Object.fromEntries(
    Object.entries(environment)
      .filter(([name]) => name.startsWith('KAFKA_'))
      .map(([name, value]) => [
        name.slice('KAFKA_'.length).toLowerCase().replaceAll('_', '.'),
        String(value),
      ]),
  )
}
