import { execFileSync } from 'node:child_process'
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Kafka, logLevel } from 'kafkajs'
import { beforeAll, expect, inject, it } from 'vitest'
import type { CreateDeliveryAnswer } from '#contracts/http.ts'
import { TOPIC } from '#contracts/topics.ts'
import { USER } from '#server/db/embedded/make-cluster.ts'
import { HISTORY_GROUP } from '#server/history/history.ts'
import { withAdmin } from '#server/inside/log/with-admin.ts'
import { createApi, fixAt } from '../support/api.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { startBundledBroker } from '../support/bundled-broker.ts'
import { connectCustomer } from '../support/customer.ts'
import { pollUntil } from '../support/poll-until.ts'
import { freshDatabase } from '../support/postgres.ts'
import { postgresPrograms } from '../support/postgres-programs.ts'
import { tempDir } from '../support/temp-dir.ts'

/** A database of its own, as its log is. */
const EMBEDDED = { DATABASE_URL: '' }
const programs = postgresPrograms(18)

const place = (name: string) => join(tempDir(), name)
const [live, stopped, dumped, dump] = ['live', 'stopped', 'dumped', 'rider-live.dump'].map(place) as [
  string,
  string,
  string,
  string,
]
let created: CreateDeliveryAnswer

beforeAll(async () => {
  const app = await startApp({ env: EMBEDDED })
  const api = createApi(app.url)
  created = await api.createPickedUp()
  const points = [1, 2, 3].map((seq) => fixAt(created, seq))
  expect((await api.postLocations(created, points)).status).toBe(202)
  await historyIs(app, [1, 2, 3])
  if (!('skipped' in programs)) dumpTo(dump, app, programs.pgDump)
  expect((await api.postLocations(created, [fixAt(created, 4)])).status).toBe(202)
  copy(app.dataDir, live)
  await app.stop()
  copy(app.dataDir, stopped)
  copy(app.dataDir, dumped)
})

it('[BACK1] a copy of DATA_DIR of an app that was stopped has everything', async () => {
  const app = await startApp({ env: EMBEDDED, dataDir: stopped })
  await historyIs(app, [1, 2, 3, 4])
  const customer = connectCustomer(app.url, { token: created.customer.token })
  expect((await customer.greeted()).lastSeq).toBe(4)
  expect((await createApi(app.url).postLocations(created, [fixAt(created, 5)])).status).toBe(202)
})

it('[BACK1] one of an app that runs is refused in words', async () => {
  const refusal = await startApp({ env: EMBEDDED, dataDir: live }).catch((error: Error) => error.message)
  expect(refusal).toContain('ended with 1')
  expect(refusal).toMatch(
    /was copied while (it was in use|a broker was working in it), so its files are of different moments/,
  )
  expect(refusal).not.toMatch(/^\s+at /m)
})

it('[BACK2] a dump that is made while the app runs is restored elsewhere, and what came after it is stored again from the log, once', async ({
  skip,
}) => {
  if ('skipped' in programs) return skip(programs.skipped)
  const { url } = await freshDatabase(inject('postgresUrl'))
  execFileSync(programs.pgRestore, ['--no-owner', '--exit-on-error', '-d', url, dump], { stdio: 'pipe' })
  const broker = await startBundledBroker({ dataDir: dumped })
  await withAdmin(new Kafka({ brokers: [broker.address], logLevel: logLevel.NOTHING }), (admin) =>
    admin.resetOffsets({ groupId: HISTORY_GROUP, topic: TOPIC.locationUpdated, earliest: true }),
  )
  await broker.stop()
  const app = await startApp({ env: { DATABASE_URL: url }, dataDir: dumped })
  await historyIs(app, [1, 2, 3, 4])
  const { status } = await createApi(app.url)
    .snapshotOf(created, created.customer.token)
    .then(({ delivery }) => delivery)
  expect(status).toBe('picked_up')
})

/** It is told once it is whole; an app that has just started may answer "later" before. */
async function historyIs(app: RunningApp, seqs: readonly number[]): Promise<void> {
  const found = await pollUntil(() => createApi(app.url).historyOf(created, created.customer.token), {
    withinMs: 30_000,
    what: 'the history is told',
  })
  expect(found.map(({ seq }) => seq)).toEqual(seqs)
}

/** As docs/backups-and-upgrades.md has it. */
function dumpTo(file: string, { dataDir }: RunningApp, pgDump: string): void {
  const home = join(dataDir, 'postgresql')
  const env = { ...process.env, PGPASSWORD: readFileSync(join(home, 'password'), 'utf8') }
  execFileSync(pgDump, ['-Fc', '-h', home, '-U', USER, '-f', file, 'postgres'], { env, stdio: 'pipe' })
}

/** As `cp -a` does; the sockets of a PostgreSQL that runs cannot be copied. */
function copy(from: string, to: string): void {
  cpSync(from, to, {
    recursive: true,
    preserveTimestamps: true,
    verbatimSymlinks: true,
    filter: (path) => !/\.s\.PGSQL\.\d+$/.test(path),
  })
}
