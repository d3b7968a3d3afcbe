import { readFileSync } from 'node:fs'
import { StartUpError } from './start-up-error.ts'

/** Settings that may be given as NAME_FILE, the path of a file that holds the value: how containers hand on secrets. */
const SECRETS = [
  'TOKEN_SECRET',
  'DISPATCH_TOKEN',
  'DATABASE_PASSWORD',
  'KAFKA_SASL_PASSWORD',
  'VAPID_PRIVATE_KEY',
  'WEBHOOK_SECRET',
]

/**
 * The environment with the content of those files in place of their paths.
 * @throws StartUpError when a file cannot be read, is empty, or the value is given as well
 */
export function readSecretFiles(
  environment: Record<string, string | undefined>,
): Record<string, string | undefined> {
  const read = SECRETS.flatMap((name) => {
    const path = environment[`${name}_FILE`]
    if (!path) return []
    if (environment[name]) throw new StartUpError(`Set ${name} or ${name}_FILE, not both.`)
    return [[name, contentOf(path, name)] as const]
  })
  return { ...environment, ...Object.fromEntries(read) }
}

function contentOf(path: string, name: string): string {
  try {
    const content = readFileSync(path, 'utf8').trim()
    if (content !== '') return content
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : cause
    throw new StartUpError(`${name}_FILE cannot be read: ${reason}`, { cause })
  }
  throw new StartUpError(`${name}_FILE: ${path} is empty.`)
}
