import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { lockDirectory as lockLog } from '#embedded-kafka/storage/dir-lock.ts'
import { lockDirectory as lockDatabase } from '#server/db/directory-lock.ts'
import { atEnd } from '../support/at-end.ts'
import { isRunning } from '../support/child-processes.ts'
import { pollUntil } from '../support/poll-until.ts'
import { tempDir } from '../support/temp-dir.ts'

/**
 * Killed together with its parent, the broker was adopted by a first process that never asks how its children ended, as
 * in many containers. It stayed in the process table, and the next start took the dead lock for a living one.
 */
it.skipIf(process.platform !== 'linux')('[DB14] [PROC3] a lock of a defunct process is dead', async () => {
  // The shell becomes `sleep`, which never asks for the child it inherits. Until then the child reads, as the shell would ask.
  const parent = spawn('sh', ['-c', 'exec 3<&0; cat <&3 >&2 & echo $!; exec sleep 60'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  atEnd(() => parent.kill('SIGKILL'))
  const [printed] = await once(parent.stdout, 'data')
  const pid = Number(String(printed).trim())
  const nameOfParent = () => readFileSync(`/proc/${parent.pid}/comm`, 'utf8').trim()
  await pollUntil(() => nameOfParent() === 'sleep', { withinMs: 20_000, what: 'the end of the shell' })
  parent.stdin.end()
  await pollUntil(() => !isRunning(pid), { withinMs: 20_000, what: 'the end of the child' })
  process.kill(pid, 0) // does not throw: the dead one is still in the table

  const database = join(tempDir(), 'database')
  writeFileSync(`${database}.lock`, JSON.stringify({ pid, startedAt: null, key: 'dead' }))
  expect(lockDatabase(database)).toBeTypeOf('function')

  const log = join(tempDir(), 'kafka')
  mkdirSync(log)
  writeFileSync(join(log, '.lock'), JSON.stringify({ pid, startedAt: '', token: 'dead' }))
  expect(lockLog(log)).toBeTypeOf('function')
})
