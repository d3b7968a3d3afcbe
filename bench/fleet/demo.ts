import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { tempDir } from '../../tests/support/temp-dir.ts'
import { proportionalMbOf } from '../support/memory.ts'
import type { Results } from '../support/results.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const READY = /^Ready on (http:\/\/\S+)\n/m
const REST_MS = 4_000

/** `npm run demo` where everything is built and nothing has been kept: its broker, its database, its pages. */
export async function measureDemo(rounds: number, results: Results): Promise<void> {
  for (let round = 1; round <= rounds; round += 1) {
    const { PATH, HOME, TMPDIR } = process.env
    const started = performance.now()
    const child = spawn(process.execPath, ['scripts/run.mjs', 'demo'], {
      cwd: ROOT,
      env: { PATH, HOME, TMPDIR, NODE_ENV: 'production', PORT: '0', DATA_DIR: tempDir() },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const exited = once(child, 'exit')
    const killWithUs = () => child.kill('SIGKILL')
    process.once('exit', killWithUs)
    const url = await Promise.race([readyUrl(child.stdout), exited.then(() => null)])
    if (url === null) throw new Error('The demo ended before it was ready')
    results.note('demo/ready', (performance.now() - started) / 1_000)
    await delay(REST_MS)
    results.note('demo/memory', proportionalMbOf(child.pid as number))
    await (await fetch(url)).text()
    await delay(REST_MS / 4)
    results.note('demo/visited', proportionalMbOf(child.pid as number))
    child.kill('SIGTERM')
    await exited
    process.off('exit', killWithUs)
  }
}

function readyUrl(output: NodeJS.ReadableStream): Promise<string> {
  let text = ''
  return new Promise((resolve) => {
    output.on('data', (chunk: Buffer) => {
      text += chunk
      const url = READY.exec(text)?.[1]
      if (url !== undefined) resolve(url)
    })
  })
}
