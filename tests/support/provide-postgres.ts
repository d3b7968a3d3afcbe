import type { TestProject } from 'vitest/node'
import { type Postgres, startPostgres } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string
  }
}

type Shared = { postgres: Promise<Postgres>; users: number }

// Each project loads this file anew, in one process: what they share hangs on globalThis.
const SHARED = Symbol.for('rider-live.postgres')
const shelf: typeof globalThis & { [SHARED]?: Shared } = globalThis

/** One PostgreSQL for the whole run, whichever projects use it. Each app and each test has a database of its own there. */
export default async function providePostgres(project: TestProject): Promise<() => Promise<void>> {
  shelf[SHARED] ??= { postgres: startPostgres(), users: 0 }
  const shared = shelf[SHARED]
  shared.users++
  const postgres = await shared.postgres
  project.provide('postgresUrl', postgres.url)
  return async () => {
    shared.users--
    if (shared.users > 0) return
    delete shelf[SHARED]
    await postgres.stop()
  }
}
