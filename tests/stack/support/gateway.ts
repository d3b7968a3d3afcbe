import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { atEnd } from '../../support/at-end.ts'
import { freePort } from '../../support/free-port.ts'
import { pollUntil } from '../../support/poll-until.ts'
import { tempDir } from '../../support/temp-dir.ts'

const TEMPLATE = join(import.meta.dirname, '../../../deploy/nginx/nginx.conf.template')

export type AccessLine = { requestId: string; method: string; path: string; status: number; upstream: string }
export type Gateway = {
  url: string
  port: number
  /** What it has written about its requests so far. */
  accessLog(): AccessLine[]
  errorLog(): string
}

/** Why the gateway cannot be started here; undefined when it can. */
export function whyNoNginx(): string | undefined {
  return nginxPath() ? undefined : 'nginx was not found (Debian: apt-get install nginx)'
}

/** The stack's own nginx.conf, with this machine's addresses put in where compose.yaml puts the containers'. */
export async function startGateway(
  appPorts: readonly number[],
  { realIp = '' }: { realIp?: string } = {},
): Promise<Gateway> {
  const nginx = nginxPath()
  if (!nginx) throw new Error(whyNoNginx())
  const [folder, port] = [tempDir(), await freePort()]
  const [configPath, logPath] = [join(folder, 'nginx.conf'), join(folder, 'access.log')]
  mkdirSync(join(folder, 'tmp'), { mode: 0o777 })
  const values: Record<string, string> = {
    GATEWAY_LISTEN: `127.0.0.1:${port}`,
    GATEWAY_TLS: '',
    GATEWAY_REAL_IP: realIp,
    GATEWAY_TMP: join(folder, 'tmp'),
    GATEWAY_MIME_TYPES: '',
    GATEWAY_ACCESS_LOG: logPath,
    GATEWAY_RESOLVER: '',
    GATEWAY_INSTANCES: '127\\.0\\.0\\.1:\\d+',
    GATEWAY_SERVERS: appPorts.map((appPort) => `server 127.0.0.1:${appPort} max_fails=0;`).join(' '),
  }
  const config = readFileSync(TEMPLATE, 'utf8').replaceAll(/\$\{(GATEWAY_\w+)\}/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`The gateway's template asks for ${name}`)
    return value
  })
  // Root's nginx hands its workers to another user, who could not enter this folder.
  writeFileSync(configPath, process.getuid?.() === 0 ? `user root;\n${config}` : config)
  const child = spawn(nginx, ['-c', configPath, '-p', folder, '-g', 'daemon off;'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  const exited = once(child, 'exit')
  atEnd(async () => {
    child.kill('SIGTERM')
    await exited
  })
  const url = `http://127.0.0.1:${port}`
  await pollUntil(async () => (await fetch(`${url}/gateway-health`)).ok, {
    withinMs: 30_000,
    what: 'the gateway answers',
  }).catch((cause: unknown) => {
    throw new Error(`nginx did not start:\n${errors}`, { cause })
  })
  return {
    url,
    port,
    accessLog: () =>
      readFileSync(logPath, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as AccessLine),
    errorLog: () => errors,
  }
}

/** Debian keeps it off a user's PATH. */
function nginxPath(): string | undefined {
  const found = spawnSync('nginx', ['-v'], { stdio: 'ignore' }).status === 0 ? 'nginx' : undefined
  return found ?? (existsSync('/usr/sbin/nginx') ? '/usr/sbin/nginx' : undefined)
}
