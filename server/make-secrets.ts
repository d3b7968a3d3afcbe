import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Run once before the rest of a stack: `node make-secrets.js DIRECTORY`. What the environment gives is written down,
 * what it does not is made, once: the links of yesterday must open tomorrow.
 */
const SECRETS = [
  { file: 'token-secret', setting: 'TOKEN_SECRET' },
  { file: 'dispatch-token', setting: 'DISPATCH_TOKEN' },
  { file: 'postgres-password', setting: 'POSTGRES_PASSWORD' },
]

const [, , directory] = process.argv
if (!directory) {
  console.error('Where to? node make-secrets.js DIRECTORY')
  process.exit(1)
}
mkdirSync(directory, { recursive: true })
for (const { file, setting } of SECRETS) {
  const path = join(directory, file)
  const given = process.env[setting]
  const held = existsSync(path) ? readFileSync(path, 'utf8') : undefined
  const wanted = given || held || randomBytes(32).toString('hex')
  if (wanted === held) continue
  // It may not be written to, not even by its owner: see below.
  rmSync(path, { force: true })
  // Its owner only: a database that runs as another user reads it as root.
  writeFileSync(path, wanted, { mode: 0o400 })
  console.log(`${path}: ${given ? `as ${setting} says` : 'made'}`)
}
