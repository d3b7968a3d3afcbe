import { describe, it } from 'vitest'
import { atEnd } from './at-end.ts'
import { startPostgres } from './postgres.ts'

/**
 * What every database test runs on: the embedded database (no `serverUrl`), and PostgreSQL where it can be had. Where
 * not, a skipped suite says why. Called at the top of a test file.
 */
export async function databaseEngines(): Promise<{ engine: string; serverUrl: string | undefined }[]> {
  const embedded = { engine: 'PGlite', serverUrl: undefined }
  const postgres = await startPostgres()
  if ('skipped' in postgres) {
    describe.skip(`PostgreSQL, skipped: ${postgres.skipped}`, () => it('is not here', () => {}))
    return [embedded]
  }
  atEnd(postgres.stop)
  return [embedded, { engine: 'PostgreSQL', serverUrl: postgres.url }]
}
