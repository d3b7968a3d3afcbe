import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
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
