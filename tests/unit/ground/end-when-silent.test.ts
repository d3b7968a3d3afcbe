import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { endWhenSilent } from '#server/ground/end-when-silent.ts'
import { atEnd } from '../../support/at-end.ts'
import { pollUntil } from '../../support/poll-until.ts'

function startEcho() {
  const child = spawn('cat', { stdio: ['pipe', 'pipe', 'ignore'] })
  atEnd(() => {
    child.kill('SIGKILL')
  })
  let answers = 0
  const ping = async (signal: AbortSignal) => {
    child.stdin.write('are you there?')
    await once(child.stdout, 'data', { signal })
    answers += 1
  }
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const running = { ended, kill: () => child.kill('SIGKILL') }
  return { child, running, ping, answers: () => answers }
}

it('[CHILD1] S13: a child that answers is left alone, a frozen one is ended by force', async () => {
  const { child, running, ping, answers } = startEcho()
  let saidSilent = 0
  endWhenSilent(running, { ping, silentMs: 500, onSilent: () => saidSilent++ })
  await pollUntil(() => answers() > 8, { withinMs: 20_000, what: 'more answers than there may be silences' })
  expect(saidSilent).toBe(0)
  // A busy process collects garbage all the time.
  setFlagsFromString('--expose-gc')
  const collecting = setInterval(runInNewContext('gc'), 10)
  atEnd(() => clearInterval(collecting))
  process.kill(child.pid as number, 'SIGSTOP')
  await once(child, 'exit', { signal: AbortSignal.timeout(20_000) })
  expect(child.signalCode).toBe('SIGKILL')
  expect(saidSilent).toBe(1)
})

it('[CHILD1] S13: a child that ends by itself, or was frozen for a moment, is no silent one', async () => {
  const { child, running, ping, answers } = startEcho()
  let saidSilent = 0
  endWhenSilent(running, { ping, silentMs: 5_000, onSilent: () => saidSilent++ })
  await pollUntil(() => answers() > 0, { withinMs: 20_000, what: 'an answer' })
  process.kill(child.pid as number, 'SIGSTOP')
  process.kill(child.pid as number, 'SIGCONT')
  const before = answers()
  await pollUntil(() => answers() > before, { withinMs: 20_000, what: 'another answer' })
  child.kill('SIGTERM')
  await once(child, 'exit')
  expect(child.signalCode).toBe('SIGTERM')
  expect(saidSilent).toBe(0)
})
