import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { listLocations } from '#server/db/locations.ts'
import { DataDirInUseError, openDatabase } from '#server/db/open-database.ts'
import { atEnd } from '../support/at-end.ts'
import { newLocation, silent } from '../support/database.ts'
import { pollUntil } from '../support/poll-until.ts'
import { tempDir } from '../support/temp-dir.ts'

const WRITER = fileURLToPath(new URL('./database-writer.ts', import.meta.url))
const open = (dataDir: string) => openDatabase({ databaseUrl: undefined, dataDir, log: silent })
const homeOf = (dataDir: string) => join(dataDir, 'postgresql')

/** A process that writes locations of delivery `d1` into `dataDir`, and the last seq it has said is committed. */
function startWriter(dataDir: string): { child: ChildProcess; lastSeq(): number } {
  const child = spawn(process.execPath, ['--import', 'tsx', WRITER, dataDir, 'd1'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  atEnd(() => child.kill('SIGKILL'))
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  // The last line may be cut short by the kill.
  return { child, lastSeq: () => Number(said.split('\n').at(-2) ?? 0) }
}

describe('the embedded database', () => {
  it('[DB10] has every row that was committed when its process is killed; [DB11] is refused to a second one', async () => {
    const dataDir = tempDir()
    const { child, lastSeq } = startWriter(dataDir)
    await pollUntil(() => lastSeq() > 50, { withinMs: 40_000, what: 'fifty rows written' })

    const refusal = await open(dataDir).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(DataDirInUseError)
    expect(String(refusal)).toContain(
      `${homeOf(dataDir)} is in use by process ${child.pid}. Stop it, or choose another place with DATA_DIR.`,
    )

    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
    const committed = lastSeq()
    const db = await open(dataDir)
    atEnd(() => db.close())
    const found = await listLocations(db, { deliveryId: 'd1', afterSeq: 0, limit: 1e6 })
    expect(found.length).toBeGreaterThanOrEqual(committed)
    expect(found).toEqual(found.map((_, i) => newLocation('d1', i + 1)))
  })

  it('[DB12] recovers from a first start that was interrupted, and leaves no lock when closed', async () => {
    const dataDir = tempDir()
    const draft = join(homeOf(dataDir), 'data.new')
    mkdirSync(draft, { recursive: true })
    writeFileSync(join(draft, 'PG_VERSION'), '18\n')
    const db = await open(dataDir)
    await db.ping()
    expect(existsSync(draft)).toBe(false)
    await Promise.all([db.close(), db.close()])
    expect(existsSync(`${homeOf(dataDir)}.lock`)).toBe(false)
  })

  it('[DB13] refuses files of another PostgreSQL version, leaves them alone, and says what to do', async () => {
    const dataDir = tempDir()
    mkdirSync(join(homeOf(dataDir), 'data'), { recursive: true })
    const versionFile = join(homeOf(dataDir), 'data/PG_VERSION')
    writeFileSync(versionFile, '17\n')
    await expect(open(dataDir)).rejects.toThrow(
      /was written by PostgreSQL 17, and this version embeds 18\. Move it away .* DATA_DIR/,
    )
    expect(readFileSync(versionFile, 'utf8')).toBe('17\n')
    expect(existsSync(`${homeOf(dataDir)}.lock`)).toBe(false)
  })
})
