import { setTimeout as delay } from 'node:timers/promises'
import type { FaultProxy } from '../../tests/faults/support/fault-proxy.ts'
import { type RunningApp, startApp } from '../../tests/support/app.ts'
import { atEnd, runTeardowns } from '../../tests/support/at-end.ts'
import { pollUntil } from '../../tests/support/poll-until.ts'
import { freshDatabase, startPostgres } from '../../tests/support/postgres.ts'

export const TOKEN_SECRET = 'of the benches, which make links of their own'
export const DISPATCH_TOKEN = 'the-dispatch-token-of-the-benches'

export type Product = RunningApp & { databaseUrl: string }

/** All of the load comes from this machine; nothing else is changed. */
export const FROM_ONE_MACHINE = {
  RATE_LIMIT_TOKEN: '100000',
  RATE_LIMIT_ADDRESS: '100000',
  MAX_CONNECTIONS_ADDRESS: '100000',
  MAX_SOCKETS_ADDRESS: '100000',
  MAX_SOCKETS_TOKEN: '100000',
  MAX_SOCKETS_DELIVERY: '100000',
}

const LOOK_AGAIN_MS = 200

let minding = false

/** A bench that is stopped half-way leaves nothing running. */
function mindSignals(): void {
  if (minding) return
  minding = true
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void runTeardowns().finally(() => process.exit(1)))
}

/** The production build outside the demo, on a PostgreSQL and a broker that are processes of their own. */
export async function startProduct(
  broker: string,
  {
    database,
    env = {},
  }: {
    /** Between the app and its PostgreSQL. */
    database?: FaultProxy
    env?: Record<string, string>
  } = {},
): Promise<Product> {
  mindSignals()
  const postgres = await startPostgres()
  atEnd(postgres.stop)
  const { url: databaseUrl } = await freshDatabase(postgres.url)
  const asTheAppHasIt = new URL(databaseUrl)
  if (database) {
    database.target = Number(asTheAppHasIt.port || '5432')
    asTheAppHasIt.port = String(database.port)
  }
  const app = await startApp({
    env: {
      ...FROM_ONE_MACHINE,
      DEMO: '0',
      TOKEN_SECRET,
      DISPATCH_TOKEN,
      KAFKA_BROKERS: broker,
      DATABASE_URL: asTheAppHasIt.href,
      ...env,
    },
  })
  return { ...app, databaseUrl }
}

/** Resolves once everything in the log is stored. */
export async function historyAtTheEnd({ url }: Product): Promise<void> {
  const records = async () => {
    const text = await (await fetch(`${url}/metrics`)).text()
    const lags = text.match(/^rider_live_consumer_lag_records\{.*group="history".*\} \d+$/gm) ?? []
    return lags.length === 0 ? Infinity : lags.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
  }
  await pollUntil(
    async () => {
      await delay(LOOK_AGAIN_MS)
      return (await records()) === 0
    },
    { withinMs: 180_000, what: 'the history at the end of the log' },
  )
}
