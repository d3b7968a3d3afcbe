import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import { describe, expect, it } from 'vitest'
import { processesOf } from '#server/db/embedded/processes-of.ts'
import { listLocations } from '#server/db/locations.ts'
import { type Database, DataDirInUseError, openDatabase } from '#server/db/open-database.ts'
import { atEnd } from '../support/at-end.ts'
import { newLocation, silent } from '../support/database.ts'
import { startWriter } from '../support/database-writer.ts'
import { pollUntil } from '../support/poll-until.ts'
import { tempDir } from '../support/temp-dir.ts'

const open = async (dataDir: string, logger = silent) => {
  const db = await openDatabase({ databaseUrl: undefined, dataDir, logger })
  atEnd(() => db.close())
  return db
}
const homeOf = (dataDir: string) => join(dataDir, 'postgresql')
const clusterOf = (dataDir: string) => join(homeOf(dataDir), 'data')
const signalAll = (dataDir: string, signal: NodeJS.Signals) => {
  for (const pid of processesOf(clusterOf(dataDir))) process.kill(pid, signal)
}
const firstProcess = (dataDir: string) =>
  Number(readFileSync(join(clusterOf(dataDir), 'postmaster.pid'), 'utf8').split('\n')[0])

async function expectRows(db: Database, atLeast: number): Promise<void> {
  const found = (await listLocations(db, [{ deliveryId: 'd1', afterSeq: 0, limit: 1e6 }]))[0] ?? []
  expect(found.length).toBeGreaterThanOrEqual(atLeast)
  expect(found).toEqual(found.map((_, i) => newLocation('d1', i + 1)))
}

/** A log that keeps its lines. */
function keptLog() {
  const lines: string[] = []
  return { lines, logger: pino({}, { write: (line) => void lines.push(line) }) }
}

describe('the embedded database', () => {
  it('[DB10] has every row that was committed when its process is killed; [DB11] is refused to a second one', async () => {
    const dataDir = tempDir()
    const writer = startWriter(dataDir)
    await writer.written(50)

    const refusal = await open(dataDir).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(DataDirInUseError)
    expect(String(refusal)).toContain(
      `${homeOf(dataDir)} is in use by process ${writer.child.pid}. Stop it, or choose another place with DATA_DIR.`,
    )
    await writer.kill9()
    await pollUntil(() => processesOf(clusterOf(dataDir)).length === 0, {
      withinMs: 20_000,
      what: 'the end of PostgreSQL, whose app is gone',
    })
    await expectRows(await open(dataDir), writer.lastSeq())
  })

  it.skipIf(process.platform === 'win32')(
    '[DB19] what a killed app has left running, even frozen, is ended at the next start',
    async () => {
      const dataDir = tempDir()
      const writer = startWriter(dataDir)
      await writer.written(5)
      signalAll(dataDir, 'SIGSTOP')
      await writer.kill9()
      expect(processesOf(clusterOf(dataDir)).length).toBeGreaterThan(1)

      const { lines, logger } = keptLog()
      const db = await open(dataDir, logger)
      await expectRows(db, writer.lastSeq())
      expect(lines.join('')).toContain('The PostgreSQL of an app that was killed still runs; ending it')
    },
  )

  it('[DB19] a lock file that it has left is not minded, even if its process id lives again', async () => {
    const dataDir = tempDir()
    await (await open(dataDir)).close()
    const path = clusterOf(dataDir)
    const other = process.ppid
    writeFileSync(
      join(path, 'postmaster.pid'),
      `${other}\n${path}\n1\n5432\n${homeOf(dataDir)}\n\n  1 1\nready\n`,
    )
    await (await open(dataDir)).ping()
  })

  it('[DB21] killed again and again, it is back by itself, with every row', async () => {
    const dataDir = tempDir()
    const db = await open(dataDir)
    await db.prisma.$executeRaw`CREATE TABLE kept (round INT PRIMARY KEY)`
    const add = (round: number) =>
      db.prisma.$executeRaw`INSERT INTO kept VALUES (${round}) ON CONFLICT DO NOTHING`
    for (let round = 1; round <= 3; round++) {
      await add(round)
      const pid = firstProcess(dataDir)
      process.kill(pid, 'SIGKILL')
      const again = () => add(round + 1).then(() => firstProcess(dataDir) !== pid)
      await pollUntil(() => again().catch(() => false), { withinMs: 30_000, what: 'another row' })
    }
    const rows = await db.prisma.$queryRaw`SELECT round FROM kept ORDER BY round`
    expect(rows).toEqual([{ round: 1 }, { round: 2 }, { round: 3 }, { round: 4 }])
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
    mkdirSync(clusterOf(dataDir), { recursive: true })
    const versionFile = join(clusterOf(dataDir), 'PG_VERSION')
    writeFileSync(versionFile, '17\n')
    await expect(open(dataDir)).rejects.toThrow(
      /was written by PostgreSQL 17, and this version embeds 18\. Move it away .* DATA_DIR/,
    )
    expect(readFileSync(versionFile, 'utf8')).toBe('17\n')
    expect(existsSync(`${homeOf(dataDir)}.lock`)).toBe(false)
  })

  it('[DB20] leaves the files of the embedded database of earlier versions alone, and says so', async () => {
    const dataDir = tempDir()
    mkdirSync(join(dataDir, 'database'))
    writeFileSync(join(dataDir, 'database/PG_VERSION'), '18\n')
    const { lines, logger } = keptLog()
    await open(dataDir, logger)
    expect(lines.filter((line) => line.includes('its files are left alone'))).toHaveLength(1)
    expect(readFileSync(join(dataDir, 'database/PG_VERSION'), 'utf8')).toBe('18\n')
  })
})
