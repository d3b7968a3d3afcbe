import { beforeEach } from 'vitest'
import { APP_POSTGRES } from './app-database.ts'
import { atEnd } from './at-end.ts'
import { startPostgres } from './postgres.ts'

/** Set-up of the run on PostgreSQL: a throw-away cluster for each test file, or every test skipped with the reason. */
const postgres = await startPostgres()
if ('skipped' in postgres) beforeEach(({ skip }) => skip(postgres.skipped))
else {
  process.env[APP_POSTGRES] = postgres.url
  atEnd(async () => {
    delete process.env[APP_POSTGRES]
    await postgres.stop()
  })
}
