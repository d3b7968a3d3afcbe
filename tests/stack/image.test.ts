import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createApi, fixAt } from '../support/api.ts'
import { atEnd } from '../support/at-end.ts'
import { freePort } from '../support/free-port.ts'
import { pollUntil } from '../support/poll-until.ts'
import { freshDatabase, startPostgres } from '../support/postgres.ts'

const root = join(import.meta.dirname, '../..')
const WITHIN_MS = 15 * 60_000
/** Where an engine is, but no registry: TEST_BUILD_IMAGE and TEST_RUNTIME_IMAGE name images that are there already. */
const BASES = ['BUILD_IMAGE', 'RUNTIME_IMAGE'].map((name) => {
  const usual = new RegExp(`^ARG ${name}=(\\S+)`, 'm').exec(
    readFileSync(join(root, 'Dockerfile'), 'utf8'),
  )?.[1]
  return { name, image: process.env[`TEST_${name}`] ?? String(usual) }
})
const LEAST_RIGHTS = ['--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges']

const ask = (program: string, ...args: string[]) =>
  spawnSync(program, args, { cwd: root, encoding: 'utf8', timeout: WITHIN_MS })

test('[STACK12] the image serves with a read-only disk, without rights, as nobody in particular, and obeys SIGTERM', {
  timeout: WITHIN_MS,
}, async ({ skip }) => {
  const skipLoudly = (why: string) => {
    console.warn(`\n*** The image's test is SKIPPED: ${why} ***\n`)
    return skip(why)
  }
  const engine = ['docker', 'podman'].find((program) => ask(program, 'info').status === 0)
  if (!engine) return skipLoudly('no container engine answers')
  const isHere = (image: string) =>
    [['image', 'inspect'], ['pull']].some((words) => ask(engine, ...words, image).status === 0)
  const missing = BASES.find(({ image }) => !isHere(image))
  if (missing) return skipLoudly(`the base image ${missing.image} cannot be had`)
  const bases = BASES.flatMap(({ name, image }) => ['--build-arg', `${name}=${image}`])
  const built = ask(engine, 'build', ...bases, '--tag', 'rider-live-test', '.')
  expect(built.status, built.stderr).toBe(0)

  const [name, port] = [`rider-live-test-${randomUUID()}`, await freePort()]
  const postgres = await startPostgres()
  atEnd(postgres.stop)
  const { url } = await freshDatabase(postgres.url)
  const settings = [`PORT=${port}`, 'HOST=127.0.0.1', 'DEMO=1', `DATABASE_URL=${url}`]
  // PostgreSQL listens on this machine's loopback, and the image has none of its own.
  const options = ['--network', 'host', '--tmpfs', '/tmp', ...settings.flatMap((each) => ['--env', each])]
  const started = ask(
    engine,
    'run',
    '--detach',
    '--name',
    name,
    ...LEAST_RIGHTS,
    ...options,
    'rider-live-test',
  )
  atEnd(() => ask(engine, 'rm', '--force', '--volumes', name))
  expect(started.status, started.stderr).toBe(0)
  const api = createApi(`http://127.0.0.1:${port}`)
  await pollUntil(async () => (await api.call('/readyz')).ok, { withinMs: 60_000, what: 'ready' }).catch(
    (cause: unknown) => {
      const { stdout, stderr } = ask(engine, 'logs', name)
      throw new Error(`The container did not serve:\n${stdout}${stderr}`, { cause })
    },
  )
  const created = await api.createPickedUp()
  expect((await api.postLocations(created, [fixAt(created, 1)])).status).toBe(202)
  const inside = "try{fs.writeFileSync('/app/x','')}catch(e){console.log(process.getuid(),e.code)}"
  expect(ask(engine, 'exec', name, '/nodejs/bin/node', '-e', inside).stdout.trim()).toBe('65532 EROFS')
  expect(ask(engine, 'stop', '-t', '15', name).status).toBe(0)
  expect(ask(engine, 'inspect', '--format', '{{.State.ExitCode}}', name).stdout.trim()).toBe('0')
})
