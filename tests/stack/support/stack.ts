import { randomUUID } from 'node:crypto'
import type { TestContext } from 'vitest'
import { type RunningApp, startApp } from '../../support/app.ts'
import { atEnd } from '../../support/at-end.ts'
import { startBundledBroker } from '../../support/bundled-broker.ts'
import { freePort } from '../../support/free-port.ts'
import { freshDatabase, startPostgres } from '../../support/postgres.ts'
import { type Gateway, startGateway, whyNoNginx } from './gateway.ts'

export type Stack = {
  gateway: Gateway
  instances: RunningApp[]
  broker: string
  prefix: string
  /** Starts instance `index` again, where it was. */
  startAgain(index: number): Promise<void>
}

/**
 * The stack of compose.yaml without containers: nginx with the same configuration, instances of the production
 * build, a broker, a PostgreSQL. Skipped with the reason where nginx cannot be had.
 */
export async function startStack(
  { skip }: Pick<TestContext, 'skip'>,
  env: Record<string, string> = {},
  instanceCount = 2,
): Promise<Stack> {
  const noNginx = whyNoNginx()
  if (noNginx) {
    console.warn(`\n*** Tests of the stack are SKIPPED: ${noNginx} ***\n`)
    return skip(noNginx)
  }
  const postgres = await startPostgres()
  atEnd(postgres.stop)
  const broker = process.env.KAFKA_BROKERS ?? (await startBundledBroker()).address
  const prefix = `stack-${randomUUID().slice(0, 8)}.`
  const settings = {
    KAFKA_BROKERS: broker,
    KAFKA_PREFIX: prefix,
    DATABASE_URL: (await freshDatabase(postgres.url)).url,
    TOKEN_SECRET: 'the same for all instances, so that links open on each',
    TRUSTED_PROXIES: '127.0.0.1',
    // All riders and customers of these tests come from one address.
    RATE_LIMIT_ADDRESS: '100000',
    RATE_LIMIT_TOKEN: '1000',
    ...env,
  }
  const ports = await Promise.all(Array.from({ length: instanceCount }, freePort))
  const start = (index: number) =>
    startApp({ env: { ...settings, PORT: String(ports[index]), INSTANCE_ID: `app-${index + 1}` } })
  const instances = await Promise.all(ports.map((_, index) => start(index)))
  return {
    gateway: await startGateway(ports),
    instances,
    broker,
    prefix,
    async startAgain(index) {
      instances[index] = await start(index)
    },
  }
}
