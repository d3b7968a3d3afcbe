import { spawn } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, watch, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { atEnd } from '../../../tests/support/at-end.ts'
import { runBrokerUntilExit, startBroker } from '../../../tests/support/broker.ts'
import { pollUntil } from '../../../tests/support/poll-until.ts'
import { tempDir } from '../../../tests/support/temp-dir.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const MAIN = 'packages/embedded-kafka/src/main.ts'

/** One line for people, no stack trace, exit code 1. */
function expectRefusal({ code, output }: { code: number | null; output: string }, words: RegExp): void {
  expect(output).toMatch(words)
  expect(output.trim().split('\n')).toHaveLength(1)
  expect(code).toBe(1)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test('[PROC1] it says when it is ready, and ends with 0 on SIGTERM', async () => {
  const broker = await startBroker()
  await pollUntil(() => broker.output().includes('\n'), { withinMs: 20_000, what: 'a line' })
  expect(broker.output()).toBe(`Kafka-compatible broker ready on 127.0.0.1:${broker.port}\n`)
  expect(await broker.stop()).toBe(0)
  expect(existsSync(join(broker.dataDir, 'kafka', '.lock'))).toBe(false)
})

test('[PROC2] a taken port is named, with how to choose another', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  atEnd(() => server.close())
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  const refusal = await runBrokerUntilExit({ env: { KAFKA_PORT: String(port) } })
  expectRefusal(refusal, new RegExp(`127.0.0.1:${port} is already in use.*KAFKA_PORT`))
})

test('[PROC3] a data directory in use by another broker is refused; one left by kill -9 is not', async () => {
  const dataDir = tempDir()
  const broker = await startBroker({ dataDir })
  const refusal = await runBrokerUntilExit({ dataDir })
  expectRefusal(refusal, new RegExp(`in use by another broker \\(process ${broker.pid}\\).*DATA_DIR`))
  await broker.kill()
  expect(existsSync(join(dataDir, 'kafka', '.lock'))).toBe(true)
  expect(await (await startBroker({ dataDir })).stop()).toBe(0)
})

test('[PROC11] a data directory that was copied while a broker worked in it is refused in words', async () => {
  const [dataDir, copy] = [tempDir(), join(tempDir(), 'copy')]
  const broker = await startBroker({ dataDir })
  cpSync(dataDir, copy, { recursive: true })
  await broker.stop()
  const refusal = await runBrokerUntilExit({ dataDir: copy })
  expectRefusal(
    refusal,
    /was copied while a broker was working in it.*Copy it again while the broker is stopped/,
  )
})

test('[PROC10] a directory whose broker is just ending is waited for', async () => {
  const dataDir = tempDir()
  const ending = await startBroker({ dataDir })
  // Who wants the directory writes a file of its own there first.
  const looking = watch(join(dataDir, 'kafka'), (_, name) => {
    if (!name?.startsWith('.lock.')) return
    looking.close()
    void ending.stop()
  })
  expect(await (await startBroker({ dataDir })).stop()).toBe(0)
})

test('[PROC3] a lock whose pid now belongs to another process, or that was cut short, is stale', async () => {
  const dataDir = tempDir()
  const lock = join(dataDir, 'kafka', '.lock')
  mkdirSync(join(dataDir, 'kafka'))
  for (const content of [
    JSON.stringify({ pid: process.pid, startedAt: 'another boot/1', token: 'x' }),
    '{"pi',
  ]) {
    writeFileSync(lock, content)
    expect(await (await startBroker({ dataDir })).stop()).toBe(0)
  }
})

test.skipIf(process.getuid?.() === 0)('[PROC4] a directory that cannot be written to is named', async () => {
  const dataDir = tempDir()
  chmodSync(dataDir, 0o500)
  expectRefusal(await runBrokerUntilExit({ dataDir }), /Cannot write to the data directory.*DATA_DIR/)
})

test('[PROC4] a data directory that is a file is named', async () => {
  const dataDir = join(tempDir(), 'file')
  writeFileSync(dataDir, '')
  expectRefusal(await runBrokerUntilExit({ dataDir }), /Cannot write to the data directory.*DATA_DIR/)
})

test.skipIf(process.platform !== 'linux')(
  '[PROC4] S9: one below /proc is named, without trying for ever',
  async () => {
    expectRefusal(
      await runBrokerUntilExit({ dataDir: '/proc/x' }),
      /Cannot write to the data directory.*DATA_DIR/,
    )
  },
)

test('[PROC5] a log of another format version is left alone', async () => {
  const dataDir = tempDir()
  const meta = join(dataDir, 'kafka', 'meta.json')
  mkdirSync(join(dataDir, 'kafka'))
  writeFileSync(meta, '{"formatVersion":2,"clusterId":"x"}')
  expectRefusal(await runBrokerUntilExit({ dataDir }), /holds log format 2; this version reads format 1/)
  expect(readFileSync(meta, 'utf8')).toBe('{"formatVersion":2,"clusterId":"x"}')
})

test('[PROC6] a setting that makes no sense is named', async () => {
  expectRefusal(
    await runBrokerUntilExit({ env: { KAFKA_PORT: 'ninety' } }),
    /KAFKA_PORT must be a whole number/,
  )
  expectRefusal(await runBrokerUntilExit({ env: { KAFKA_PORT: '70000' } }), /KAFKA_PORT must be a port/)
  expectRefusal(
    await runBrokerUntilExit({ env: { KAFKA_FSYNC: 'often' } }),
    /KAFKA_FSYNC must be one of always/,
  )
})

test('[PROC7] with a parent, SIGINT is ignored: Ctrl-C reaches the whole process group', async () => {
  const broker = await startBroker()
  process.kill(broker.pid, 'SIGINT')
  process.kill(broker.pid, 'SIGINT')
  expect(await broker.stop()).toBe(0)
})

test('[PROC8] when its parent disappears without a word, the broker ends, before or after it was ready', async () => {
  const parentCode = `
    const child = require('node:child_process').fork(${JSON.stringify(MAIN)}, {
      execArgv: ['--import', 'tsx'], env: { ...process.env, KAFKA_PORT: '0', DATA_DIR: process.argv[1] }
    })
    console.log(child.pid)
    child.on('message', () => process.argv[2] === 'ready' && process.kill(process.pid, 'SIGKILL'))
    if (process.argv[2] === 'early') process.kill(process.pid, 'SIGKILL')`
  for (const moment of ['ready', 'early']) {
    const parent = spawn(process.execPath, ['-e', parentCode, tempDir(), moment], { cwd: ROOT })
    let output = ''
    parent.stdout.on('data', (chunk) => {
      output += chunk
    })
    await new Promise((resolve) => parent.once('close', resolve))
    const pid = Number.parseInt(output, 10)
    expect(pid).toBeGreaterThan(0)
    await pollUntil(() => !isAlive(pid), { withinMs: 30_000, what: `the orphan ${pid} to end` })
  }
})

test('[PROC9] alone in a terminal, SIGINT ends it cleanly', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN], {
    cwd: ROOT,
    env: { ...process.env, KAFKA_PORT: '0', DATA_DIR: tempDir() },
  })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  atEnd(() => child.kill('SIGKILL'))
  await pollUntil(() => output.includes('ready on'), { withinMs: 40_000, what: 'the broker' })
  const exited = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGINT')
  expect(await exited).toBe(0)
})
