import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestProject } from 'vitest/node'
import { type RunningApp, startApp } from './app.ts'
import { runTeardowns } from './at-end.ts'
import { startBundledBroker } from './bundled-broker.ts'
import { freshDatabase } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where a test file asks for one of them. */
    commonApps: string
  }
}

export type CommonApp = Pick<RunningApp, 'url' | 'port' | 'broker' | 'inKafka'>
export type Provided = Omit<CommonApp, 'inKafka'> & { prefix: string; dispatchToken: string }

const DISPATCH_TOKEN = 'a-dispatch-token-of-these-tests'
/** Several files at once are one address. */
const MANY_FILES = { RATE_LIMIT_ADDRESS: '5000/5000', MAX_CONNECTIONS_ADDRESS: '2000' }

const APPS: Record<string, { instances: number; env: Record<string, string> }> = {
  demo: { instances: 1, env: MANY_FILES },
  pair: { instances: 2, env: MANY_FILES },
  service: { instances: 1, env: { ...MANY_FILES, DEMO: '0', DISPATCH_TOKEN } },
}

/** The apps of common-apps.ts, on one log. All must stop cleanly when the run is over. */
export default async function provideCommonApps(project: TestProject): Promise<() => Promise<void>> {
  const { postgresUrl, apacheKafka } = project.getProvidedContext()
  let brokers: Promise<string> | undefined
  const startLog = async () =>
    apacheKafka && 'brokers' in apacheKafka ? apacheKafka.brokers : (await startBundledBroker()).address

  async function start(name: string): Promise<Provided[]> {
    const { instances, env } = APPS[name] as (typeof APPS)[string]
    brokers ??= startLog()
    const [broker, prefix] = [await brokers, `common-${name}-${randomUUID()}.`]
    const installation = {
      ...{ KAFKA_BROKERS: broker, KAFKA_PREFIX: prefix },
      DATABASE_URL: (await freshDatabase(postgresUrl)).url,
      TOKEN_SECRET: 'the same for all instances, so that links open on each',
    }
    const starts = Array.from({ length: instances }, () => startApp({ env: { ...installation, ...env } }))
    const apps = await Promise.all(starts)
    return apps.map(({ url, port }) => ({ url, port, broker, prefix, dispatchToken: DISPATCH_TOKEN }))
  }

  const started = new Map<string, Promise<Provided[]>>()
  const server = createServer(async ({ url = '' }, response) => {
    const name = url.slice(1)
    const apps = started.get(name) ?? start(name)
    started.set(name, apps)
    try {
      response.end(JSON.stringify(await apps))
    } catch (error) {
      // The next file may have more luck.
      started.delete(name)
      response.writeHead(500).end(String(error))
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  project.provide('commonApps', `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  return async () => {
    server.close()
    await runTeardowns()
  }
}
