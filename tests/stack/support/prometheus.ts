import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { atEnd } from '../../support/at-end.ts'
import { freePort } from '../../support/free-port.ts'
import { pollUntil } from '../../support/poll-until.ts'
import { tempDir } from '../../support/temp-dir.ts'

const CONFIG = join(import.meta.dirname, '../../../deploy/prometheus/prometheus.yml')
const DISCOVERY = /dns_sd_configs:\n\s+- .*/
const answerSchema = z.object({
  data: z.object({ result: z.array(z.object({ value: z.tuple([z.number(), z.coerce.number()]) })) }),
})

/** Why Prometheus cannot be started here; undefined when it can. */
export function whyNoPrometheus(): string | undefined {
  const found = spawnSync('prometheus', ['--version'], { stdio: 'ignore' }).status === 0
  return found ? undefined : 'prometheus was not found (Debian: apt-get install prometheus)'
}

/** The stack's own prometheus.yml, with these instances where Docker's DNS would name the containers. */
export async function startPrometheus(targets: readonly string[]): Promise<{
  /** The values that an expression has now, one for each series. */
  ask(expression: string): Promise<number[]>
}> {
  execFileSync('promtool', ['check', 'config', CONFIG], { stdio: 'pipe' })
  const original = readFileSync(CONFIG, 'utf8')
  const config = original.replace(DISCOVERY, `static_configs: [{ targets: ${JSON.stringify(targets)} }]`)
  if (config === original) throw new Error('prometheus.yml finds its instances in another way by now')
  const [folder, port] = [tempDir(), await freePort()]
  const configPath = join(folder, 'prometheus.yml')
  writeFileSync(configPath, config)
  const child = spawn(
    'prometheus',
    [
      `--config.file=${configPath}`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: 'ignore' },
  )
  const exited = once(child, 'exit')
  atEnd(async () => {
    child.kill('SIGTERM')
    await exited
  })
  const url = `http://127.0.0.1:${port}`
  await pollUntil(async () => (await fetch(`${url}/-/ready`)).ok, {
    withinMs: 60_000,
    what: 'Prometheus is ready',
  })
  return {
    async ask(expression) {
      const response = await fetch(`${url}/api/v1/query?${new URLSearchParams({ query: expression })}`)
      if (!response.ok) throw new Error(`${expression}: ${await response.text()}`)
      return answerSchema.parse(await response.json()).data.result.map(({ value }) => value[1])
    },
  }
}
