import { type FaultProxy, startFaultProxy } from '../../tests/faults/support/fault-proxy.ts'
import { UNLIMITED } from '../../tests/faults/support/traffic.ts'
import { type RunningApp, startApp } from '../../tests/support/app.ts'
import { atEnd } from '../../tests/support/at-end.ts'
import { startBundledBroker } from '../../tests/support/bundled-broker.ts'
import { freshDatabase, startPostgres } from '../../tests/support/postgres.ts'
import { tempDir } from '../../tests/support/temp-dir.ts'

export type Installation = {
  /** Takes the posts. */
  posted: RunningApp
  /** Has the customers, if there are any, and reads everything all the same. */
  watching: RunningApp
  /** One more, fresh. */
  start(instanceId: string): Promise<RunningApp>
  broker: string
  /** Where the broker keeps the topic. */
  logDirectory: string
  databaseUrl: string
  /** Between the apps and PostgreSQL. While it is down the history waits, and costs nothing. */
  database: FaultProxy
}

/** Two instances on one broker and one PostgreSQL, each a process of its own, as in compose.yaml. */
export async function startInstallation(): Promise<Installation> {
  const postgres = await startPostgres()
  atEnd(postgres.stop)
  const { url } = await freshDatabase(postgres.url)
  const behindProxy = new URL(url)
  const database = await startFaultProxy(Number(behindProxy.port || '5432'))
  behindProxy.port = String(database.port)
  const dataDir = tempDir()
  const broker = await startBundledBroker({ dataDir })
  const start = (instanceId: string) =>
    startApp({
      env: {
        ...UNLIMITED,
        MAX_CONNECTIONS_ADDRESS: '20000',
        MAX_SOCKETS_ADDRESS: '20000',
        KAFKA_BROKERS: broker.address,
        DATABASE_URL: behindProxy.href,
        TOKEN_SECRET: 'the same for both instances, so that links open on each',
        INSTANCE_ID: instanceId,
      },
    })
  const posted = await start('posted')
  const watching = await start('watching')
  return {
    posted,
    watching,
    start,
    broker: broker.address,
    logDirectory: dataDir,
    databaseUrl: url,
    database,
  }
}
