import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Kafka, logLevel } from 'kafkajs'
import { APACHE_KAFKA_VERSION, apacheKafkaJars } from './apache-kafka-jars.ts'
import { freePort } from './free-port.ts'
import { pollUntil } from './poll-until.ts'
import { tempDir } from './temp-dir.ts'

export type ApacheKafka = { brokers: string; pid: number | undefined; stop(): Promise<void> }
/** One that can be killed, and started again in its directory. */
export type OwnApacheKafka = ApacheKafka & { pid: number; kill9(): Promise<void> }

const START_WITHIN_MS = 3 * 60_000

/**
 * An Apache Kafka to test against: the one in KAFKA_BROKERS, else one of its own: a container where a Docker engine
 * answers and has the image or can fetch it, else Kafka's jars on Java. Where none can be had, says so loudly and answers why.
 */
export async function startApacheKafka(): Promise<ApacheKafka | { skipped: string }> {
  const given = process.env.KAFKA_BROKERS
  if (given) return { brokers: given, pid: undefined, stop: async () => {} }
  if (succeeds('docker', ['info'])) {
    const container = await inContainer().catch((error: Error) => {
      console.warn(`Apache Kafka could not be had as a container: ${error.message.split('\n')[0]}`)
    })
    if (container) return container
  }
  const jars = apacheKafkaJars()
  if ('skipped' in jars) {
    console.warn(`\n*** Tests on Apache Kafka are SKIPPED: ${jars.skipped} ***\n`)
    return jars
  }
  return await startOnJava(jars.classpath)
}

async function inContainer(): Promise<ApacheKafka> {
  const port = await freePort()
  const settings = Object.entries(settingsFor(port, 9_093, '/tmp/kafka-logs', '0.0.0.0'))
  const environment = settings.flatMap(([name, value]) => [
    '-e',
    `KAFKA_${name.toUpperCase().replaceAll('.', '_')}=${value}`,
  ])
  const image = `apache/kafka:${APACHE_KAFKA_VERSION}`
  const id = execFileSync('docker', [
    'run',
    '-d',
    '--rm',
    '-p',
    `127.0.0.1:${port}:${port}`,
    ...environment,
    image,
  ])
  const stop = async () => {
    execFileSync('docker', ['stop', '-t', '5', id.toString().trim()], { stdio: 'ignore' })
  }
  return await whenUp({ brokers: `127.0.0.1:${port}`, pid: undefined, stop }, () => '')
}

type JavaOptions = {
  /** Where its data lies; one that is not empty is taken as it is. */
  directory?: string
  ports?: { port: number; controllerPort: number }
  /** On top of what a single node needs, for the given plain port. */
  moreSettings?: (port: number, controllerPort: number) => Record<string, string>
  /** `name:password`, known from the start. */
  scramUsers?: readonly { name: string; password: string }[]
  /** One for all brokers that belong together. */
  clusterId?: string
  /** The Java virtual machine's own words. */
  javaOptions?: readonly string[]
}

const inJava = promisify(execFile)

/** Kafka's own jars, as `kafka-storage.sh format` and `kafka-server-start.sh` would run them. */
export async function startOnJava(
  classpath: string,
  {
    directory = tempDir(),
    ports,
    moreSettings = () => ({}),
    scramUsers = [],
    clusterId = randomBytes(16).toString('base64url'),
    javaOptions = ['-Xmx512m'],
  }: JavaOptions = {},
): Promise<OwnApacheKafka> {
  const { port, controllerPort } = ports ?? { port: await freePort(), controllerPort: await freePort() }
  const properties = join(directory, 'server.properties')
  const settings = {
    ...settingsFor(port, controllerPort, join(directory, 'data'), '127.0.0.1'),
    ...moreSettings(port, controllerPort),
  }
  writeFileSync(
    properties,
    Object.entries(settings)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  )
  const java = (...args: string[]) => [...javaOptions, '-cp', classpath, ...args]
  const scram = scramUsers.flatMap(({ name, password }) => [
    '--add-scram',
    `SCRAM-SHA-256=[name=${name},password=${password}]`,
  ])
  if (!existsSync(join(directory, 'data'))) {
    const format = ['format', `--cluster-id=${clusterId}`, '-c', properties, ...scram]
    await inJava('java', java('kafka.tools.StorageTool', ...format))
  }
  const broker = spawn('java', java('kafka.Kafka', properties), { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [broker.stdout, broker.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-10_000)
    })
  }
  const killWithUs = () => broker.kill('SIGKILL')
  process.once('exit', killWithUs)
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    process.off('exit', killWithUs)
    await ended(broker, signal)
  }
  const kafka = {
    brokers: `127.0.0.1:${port}`,
    pid: broker.pid as number,
    stop: () => stop(),
    kill9: () => stop('SIGKILL'),
  }
  return await whenUp(kafka, () => output)
}

/** One node that is broker and controller (KRaft), with what a single node needs and nothing else changed. */
function settingsFor(
  port: number,
  controllerPort: number,
  logDir: string,
  listenOn: string,
): Record<string, string> {
  return {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://${listenOn}:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dirs': logDir,
    'offsets.topic.replication.factor': '1',
    'offsets.topic.num.partitions': '3',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'group.initial.rebalance.delay.ms': '0',
    // Tests of retention would wait for 30 s and then 5 min.
    'log.initial.task.delay.ms': '500',
    'log.retention.check.interval.ms': '500',
  }
}

async function whenUp<T extends ApacheKafka>(kafka: T, output: () => string): Promise<T> {
  const admin = new Kafka({
    brokers: [kafka.brokers],
    logLevel: logLevel.NOTHING,
    retry: { retries: 0 },
  }).admin()
  try {
    await pollUntil(
      async () => {
        await admin.connect()
        return (await admin.describeCluster()).brokers.length > 0
      },
      { withinMs: START_WITHIN_MS, what: 'Apache Kafka answers' },
    )
    return kafka
  } catch (cause) {
    await kafka.stop()
    throw new Error(`Apache Kafka did not start. It printed:\n${output()}`, { cause })
  } finally {
    await admin.disconnect()
  }
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill(signal)
  const force = setTimeout(() => child.kill('SIGKILL'), 10_000)
  await exited
  clearTimeout(force)
}

function succeeds(command: string, args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore', timeout: 10_000 })
    return true
  } catch {
    return false
  }
}
