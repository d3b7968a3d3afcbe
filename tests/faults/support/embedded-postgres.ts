import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { processesOf } from '#server/db/embedded/processes-of.ts'
import { createApi } from '../../support/api.ts'
import type { RunningApp } from '../../support/app.ts'
import { pollUntil } from '../../support/poll-until.ts'

/** The PostgreSQL that an app has started for itself, from outside. */
export function embeddedPostgresOf({ dataDir, url }: Pick<RunningApp, 'dataDir' | 'url'>) {
  const data = join(dataDir, 'postgresql/data')
  const lockFile = () => {
    try {
      return readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
    } catch {
      return []
    }
  }
  const readiness = async () => (await createApi(url).call('/readyz')).json()
  return {
    /** Of the process that takes connections. */
    pid: () => Number(lockFile()[0]),
    /** To every process of it. */
    signal(name: NodeJS.Signals) {
      for (const pid of processesOf(data)) process.kill(pid, name)
    },
    /** Resolves once another one than `pid` runs, and the app finds it well. */
    async replaced(pid: number) {
      const isBack = async () => {
        const [current, status] = [Number(lockFile()[0]), lockFile()[7]?.trim()]
        return current !== pid && status === 'ready' && (await readiness()).database === 'ok'
      }
      await pollUntil(isBack, { withinMs: 120_000, what: 'another PostgreSQL' })
    },
    async expectAlive() {
      expect((await createApi(url).call('/healthz')).status).toBe(200)
    },
  }
}
