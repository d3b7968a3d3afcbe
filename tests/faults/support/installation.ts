import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
import { type RunningApp, startApp } from '../../support/app.ts'
import { APP_KAFKA } from '../../support/app-log.ts'
import { startBundledBroker } from '../../support/bundled-broker.ts'
import { freshDatabase } from '../../support/postgres.ts'
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts'
import { UNLIMITED } from './traffic.ts'

/** One address may have many sockets: all customers of a test come from this machine. */
const MANY_SOCKETS = { MAX_CONNECTIONS_ADDRESS: '5000', MAX_SOCKETS_ADDRESS: '5000' }

export type Installation = {
  /** Between the instances and PostgreSQL. */
  database: FaultProxy
  start(instanceId: string): Promise<RunningApp>
}

/**
 * Several instances on one log and one PostgreSQL, which exists in both runs: one app's own cannot be shared.
 */
export async function startInstallation(): Promise<Installation> {
  const { url } = await freshDatabase(inject('postgresUrl'))
  const address = new URL(url)
  const database = await startFaultProxy(Number(address.port || '5432'))
  address.port = String(database.port)
  const settings = {
    ...UNLIMITED,
    ...MANY_SOCKETS,
    KAFKA_BROKERS: process.env[APP_KAFKA] ?? (await startBundledBroker()).address,
    KAFKA_PREFIX: `fault-${randomUUID().slice(0, 8)}.`,
    DATABASE_URL: address.href,
    TOKEN_SECRET: 'the same for all instances, so that links open on each',
  }
  return {
    database,
    start: (instanceId) => startApp({ env: { ...settings, INSTANCE_ID: instanceId } }),
  }
}
