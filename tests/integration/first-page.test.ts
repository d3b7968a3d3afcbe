import { expect, it } from 'vitest'
import { embeddedPostgresOf } from '../faults/support/embedded-postgres.ts'
import { startApp } from '../support/app.ts'
import { atEnd } from '../support/at-end.ts'

it.skipIf(process.platform === 'win32')(
  '[E2E12] while the database is away the first page is there, and says that it cannot list the deliveries',
  async () => {
    const app = await startApp({ env: { DATABASE_URL: '' } })
    const postgres = embeddedPostgresOf(app)
    postgres.signal('SIGSTOP')
    atEnd(() => postgres.signal('SIGCONT'))
    const page = await fetch(app.url)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('They cannot be listed at the moment.')
  },
)
