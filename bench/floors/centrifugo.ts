import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Kafka, logLevel } from 'kafkajs'
import { PARTITIONS } from '#contracts/topics.ts'
import { atEnd } from '../../tests/support/at-end.ts'
import { freePort } from '../../tests/support/free-port.ts'
import { pollUntil } from '../../tests/support/poll-until.ts'
import { tempDir } from '../../tests/support/temp-dir.ts'

export type Centrifugo = { pid: number; port: number }

const VERSION = 'v6.9.1'
const FOLDER = fileURLToPath(new URL('../../.cache/centrifugo/', import.meta.url))

/** Centrifugo with its own Kafka consumer; null where it is not to be had. CENTRIFUGO is the path of one, else Go makes it. */
export async function startCentrifugo(broker: string): Promise<Centrifugo | null> {
  const program = process.env.CENTRIFUGO || build()
  if (program === null) return null
  await createTopic(broker)
  const port = await freePort()
  const config = join(tempDir(), 'config.json')
  writeFileSync(
    config,
    JSON.stringify({
      http_server: { address: '127.0.0.1', port: String(port) },
      // No tokens: it is given less to do than the product.
      client: { insecure: true, allowed_origins: ['*'] },
      log: { level: 'error' },
      consumers: [
        {
          enabled: true,
          name: 'log',
          type: 'kafka',
          kafka: { brokers: [broker], topics: ['centrifugo'], consumer_group: 'centrifugo' },
        },
      ],
    }),
  )
  const child = spawn(program, ['--config', config], { stdio: ['ignore', 'inherit', 'inherit'] })
  const exited = once(child, 'exit')
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  atEnd(async () => {
    process.off('exit', end)
    child.kill('SIGTERM')
    await exited
  })
  await pollUntil(() => fetch(`http://127.0.0.1:${port}/connection/websocket`).then(() => true), {
    withinMs: 30_000,
    what: 'Centrifugo listening',
  })
  return { pid: child.pid as number, port }
}

function build(): string | null {
  const program = join(FOLDER, 'centrifugo')
  if (existsSync(program)) return program
  try {
    execFileSync('go', ['version'], { stdio: 'ignore' })
    console.log(`Building Centrifugo ${VERSION}, once; it takes some minutes`)
    mkdirSync(FOLDER, { recursive: true })
    execFileSync('go', ['install', `github.com/centrifugal/centrifugo/v6@${VERSION}`], {
      env: { ...process.env, GOBIN: FOLDER },
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: 15 * 60_000,
    })
    return program
  } catch (error) {
    console.log(`Without Centrifugo: ${(error as Error).message.split('\n')[0]}`)
    return null
  }
}

async function createTopic(broker: string): Promise<void> {
  const admin = new Kafka({ clientId: 'bench', brokers: [broker], logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  await admin.createTopics({ topics: [{ topic: 'centrifugo', numPartitions: PARTITIONS }] })
  await admin.disconnect()
}
