import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { StartUpError } from '../../ground/start-up-error.ts'
import type { Logger } from '../database.ts'
import { type Binaries, binariesIn, findBinaries, linkLibraries } from './binaries.ts'
import { chooseRunAs, type RunAs } from './run-as.ts'

/** What one embedded PostgreSQL consists of. */
export type Place = {
  runAs: RunAs
  binaries: Binaries
  /** Its data directory; there once the cluster is made. */
  data: string
  /** Where its Unix socket is; null on Windows, where it listens on loopback. */
  sockets: string | null
  password: string
}

export const SOCKET_PORT = 5432
/** `sun_path` of unix(7) has room for 108 bytes, and for 104 on macOS. */
const LONGEST_SOCKET_PATH = 103

/** Decides where everything is and as which user it runs. `home`, this database's folder within DATA_DIR, is made. */
export function findPlace(home: string, logger: Logger): Place {
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const binaries = findBinaries(join(home, 'lib'))
  const data = join(home, 'data')
  const passwordFile = join(home, 'password')
  const elsewhere = folderElsewhere(home)
  const mark = join(home, 'data-is-in')
  refuseWithout(mark, elsewhere)
  // A cluster stays where it was made. Without its password it belongs to a DATA_DIR that was removed.
  const isElsewhere =
    !existsSync(data) && existsSync(passwordFile) && existsSync(join(elsewhere, 'cluster/data'))
  const runAs = chooseRunAs(binaries, isElsewhere)
  if (runAs === null || (runAs.way === 'other' && existsSync(data))) {
    throw new StartUpError(
      `PostgreSQL refuses to run as root, and here it cannot run ${runAs ? `${data} ` : ''}as anybody else: start this as another user, or set DATABASE_URL to the address of a PostgreSQL.`,
    )
  }
  if (runAs.way !== 'other') {
    const sockets = socketFolder(home, elsewhere)
    return { runAs, binaries, data, sockets, password: keptPassword(passwordFile) }
  }
  logger.info(
    { folder: elsewhere },
    `User namespaces are forbidden here: PostgreSQL runs as user ${runAs.uid}, with its programs and its data in ${elsewhere}`,
  )
  const folder = ownFolder(elsewhere, 0o711)
  if (!existsSync(passwordFile)) setAside(join(folder, 'cluster/data'))
  writeFileSync(mark, folder)
  return {
    runAs,
    binaries: copyBinaries(binaries, join(folder, 'programs')),
    data: join(givenFolder(join(folder, 'cluster'), runAs), 'data'),
    sockets: givenFolder(join(folder, 'sockets'), runAs),
    password: keptPassword(passwordFile),
  }
}

/** A DATA_DIR that was copied or moved has left its data behind: it would start empty, without a word. */
function refuseWithout(mark: string, elsewhere: string): void {
  if (!existsSync(mark)) return
  const folder = readFileSync(mark, 'utf8')
  if (folder === elsewhere) return
  throw new StartUpError(
    `The database of this DATA_DIR was made in ${folder}, and was not copied or moved with it. Use DATA_DIR where it was and make a dump there, or copy ${folder} to ${elsewhere} with its owners while the app is stopped, and remove ${mark}.`,
  )
}

/** A folder for what cannot be in DATA_DIR, always the same one for the same DATA_DIR. */
function folderElsewhere(home: string): string {
  const parent = existsSync('/var/tmp') ? '/var/tmp' : tmpdir()
  return join(parent, `rider-live-${createHash('sha256').update(resolve(home)).digest('hex').slice(0, 16)}`)
}

/** Everybody may make folders there: another user's must not be taken for ours. */
function ownFolder(path: string, mode: number): string {
  mkdirSync(path, { recursive: true })
  const found = lstatSync(path)
  if (!found.isDirectory() || found.uid !== process.getuid?.())
    throw new StartUpError(`${path} belongs to somebody else. Remove it, or set DATABASE_URL.`)
  chmodSync(path, mode)
  return path
}

function givenFolder(path: string, { uid, gid }: { uid: number; gid: number }): string {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  chownSync(path, uid, gid)
  return path
}

function socketFolder(home: string, elsewhere: string): string | null {
  if (process.platform === 'win32') return null
  const path = socketOf({ sockets: home }, SOCKET_PORT) ?? ''
  return Buffer.byteLength(path) <= LONGEST_SOCKET_PATH ? home : ownFolder(elsewhere, 0o700)
}

/** The path that clients connect to. */
export function socketOf({ sockets }: Pick<Place, 'sockets'>, port: number): string | null {
  return sockets === null ? null : join(sockets, `.s.PGSQL.${port}`)
}

function keptPassword(path: string): string {
  if (!existsSync(path)) writeFileSync(path, randomBytes(24).toString('base64url'), { mode: 0o600 })
  return readFileSync(path, 'utf8').trim()
}

/** The packages may lack the libraries' links: they are made in the copy. */
function copyBinaries(binaries: Binaries, target: string): Binaries {
  const stamp = join(target, 'copied-from')
  const wanted = readFileSync(join(binaries.root, 'package.json'), 'utf8')
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    const draft = `${target}.new`
    rmSync(draft, { recursive: true, force: true })
    cpSync(join(binaries.root, 'native'), join(draft, 'native'), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => !basename(source).endsWith('.a'),
    })
    linkLibraries(draft, join(draft, 'spare'))
    // The packages may have any mode: the other user must be able to read them.
    for (const path of readdirSync(draft, { recursive: true, encoding: 'utf8' }))
      chmodSync(join(draft, path), 0o755)
    chmodSync(draft, 0o755)
    writeFileSync(join(draft, 'copied-from'), wanted)
    rmSync(target, { recursive: true, force: true })
    renameSync(draft, target)
  }
  return binariesIn(target)
}

function setAside(data: string): void {
  if (!existsSync(data)) return
  rmSync(`${data}.old`, { recursive: true, force: true })
  renameSync(data, `${data}.old`)
}
