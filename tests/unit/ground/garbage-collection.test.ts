import { execFile, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

it('[MEM5] memory that a busy time took is given back once it is calm', async () => {
  const file = fileURLToPath(new URL('../../support/busy-then-calm.ts', import.meta.url))
  // V8 itself waits 8 s.
  const flags = ['--gc-memory-reducer-start-delay-ms=100', '--import', 'tsx']
  const child = spawn(process.execPath, [...flags, file], { stdio: ['ignore', 'pipe', 'inherit'] })
  const told: { what: string; mb: number }[] = []
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    for (const [, what = '', mb] of text.matchAll(/^(\w+) (\d+)$/gm)) told.push({ what, mb: Number(mb) })
  })
  try {
    await expect
      .poll(() => told.some(({ what, mb }) => what === 'calm' && mb < (told[0]?.mb ?? 0) * 0.6), {
        timeout: 60_000,
        interval: 100,
      })
      .toBe(true)
    expect(told[0]?.what).toBe('busy')
  } finally {
    child.kill()
  }
}, 90_000)

const run = promisify(execFile)

it('[MEM6] what lives on for a while, as the objects of posts in flight, is not made old at once', async () => {
  const file = fileURLToPath(new URL('../../support/born-young.ts', import.meta.url))
  // A small young generation: V8 decides after some collections of it at its full size.
  const flags = ['--allow-natives-syntax', '--max-semi-space-size=1', '--import', 'tsx']
  const where = async (how: string, mostMs: number) =>
    (await run(process.execPath, [...flags, file, how, String(mostMs)])).stdout.trim()
  expect(await where('default', 5_000)).toBe('old')
  expect(await where('set', 5_000)).toBe('young')
}, 60_000)
