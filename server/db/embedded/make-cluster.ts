import { once } from 'node:events'
import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { StartUpError } from '../../ground/start-up-error.ts'
import type { Logger } from '../database.ts'
import { cannotStart } from './cannot-start.ts'
import type { Place } from './place.ts'
import { endProcessesOf } from './processes-of.ts'
import { endWithThisProcess, spawnAs } from './run-as.ts'

/** The major version of the packages, which are pinned: another one cannot read the files. */
const POSTGRES_MAJOR = '18'
export const USER = 'rider_live'

/** Makes the database's files at the first start, and refuses those of another version. */
export async function makeCluster(place: Place, logger: Logger): Promise<void> {
  if (!existsSync(place.data)) await initialise(place, logger)
  const versionFile = join(place.data, 'PG_VERSION')
  const found = existsSync(versionFile) ? readFileSync(versionFile, 'utf8').trim() : 'none'
  if (found === POSTGRES_MAJOR) return
  const what =
    found === 'none'
      ? 'is not a database directory'
      : `was written by PostgreSQL ${found}, and this version embeds ${POSTGRES_MAJOR}`
  throw new StartUpError(
    `${place.data} ${what}. Move it away to begin with an empty database, or choose another place with DATA_DIR.`,
  )
}

/** Made next door and moved into place when whole: a first start that is interrupted leaves nothing half done. */
async function initialise(place: Place, logger: Logger): Promise<void> {
  logger.info({ path: place.data }, 'Making the embedded database')
  const { runAs, binaries, data } = place
  const draft = `${data}.new`
  const passwordFile = `${data}.password`
  await endProcessesOf(draft, 0)
  rmSync(draft, { recursive: true, force: true })
  rmSync(passwordFile, { force: true })
  writeFileSync(passwordFile, place.password, { mode: 0o600 })
  if (runAs.way === 'other') chownSync(passwordFile, runAs.uid, runAs.gid)
  try {
    await run(place, binaries.initdb, [
      ...['-D', draft, '-U', USER, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
      // Not the system's own locale: it is another one on each machine, and changes when the system is upgraded.
      ...['--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8'],
      // A quarter of the usual size: a small disk is not taken up by files of the log that wait to be used.
      ...['--wal-segsize=4', '--no-instructions'],
    ])
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    throw error
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(draft, data)
}

async function run({ runAs, binaries, data }: Place, program: string, args: string[]): Promise<void> {
  const child = spawnAs(runAs, program, args, { cwd: dirname(data), env: binaries.env })
  endWithThisProcess(child)
  let words = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words += text
  })
  const failed = once(child, 'error').then(([error]) => {
    throw cannotStart(String(error.message))
  })
  const [code] = await Promise.race([once(child, 'close'), failed])
  if (code !== 0) throw cannotStart(words)
}
