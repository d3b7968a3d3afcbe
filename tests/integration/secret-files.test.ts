import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createApi } from '../support/api.ts'
import { startApp } from '../support/app.ts'
import { tempDir } from '../support/temp-dir.ts'

const program = join(import.meta.dirname, '../../dist/make-secrets.js')
const makeSecrets = (directory: string, env: Record<string, string> = {}) =>
  execFileSync(process.execPath, [program, directory], { env: { ...process.env, ...env } }).toString()

it('[SEC1] secrets that are missing are made once, for their owner only; those that are given are written down', () => {
  const directory = tempDir()
  const said = makeSecrets(directory, { DISPATCH_TOKEN: 'given-by-the-operator' })
  const read = (file: string) => readFileSync(join(directory, file), 'utf8')
  expect(readdirSync(directory).sort()).toEqual(['dispatch-token', 'postgres-password', 'token-secret'])
  expect(read('dispatch-token')).toBe('given-by-the-operator')
  expect(read('token-secret')).toMatch(/^[0-9a-f]{64}$/)
  expect(statSync(join(directory, 'token-secret')).mode & 0o777).toBe(0o400)
  expect(said).not.toContain(read('token-secret'))

  const made = read('token-secret')
  makeSecrets(directory, { DISPATCH_TOKEN: 'another-one' })
  expect(read('token-secret')).toBe(made)
  expect(read('dispatch-token')).toBe('another-one')
})

it('[SEC2] the app takes its secrets from files, and says which file is of no use', async () => {
  const directory = mkdtempSync(join(tempDir(), 'secrets-'))
  makeSecrets(directory)
  const files = {
    TOKEN_SECRET_FILE: join(directory, 'token-secret'),
    DISPATCH_TOKEN_FILE: join(directory, 'dispatch-token'),
  }
  const app = await startApp({ env: { DEMO: '0', ...files } })
  const dispatch = readFileSync(files.DISPATCH_TOKEN_FILE, 'utf8')
  const create = (token: string) =>
    createApi(app.url).call('/api/deliveries', { method: 'POST', token, body: {} })
  expect((await create(dispatch)).status).toBe(201)
  expect((await create('something-else')).status).toBe(401)
  await app.stop()

  const refused = async (env: Record<string, string>) =>
    await startApp({ env }).catch((error: Error) => error.message)
  expect(await refused({ TOKEN_SECRET_FILE: join(directory, 'nowhere') })).toContain(
    'TOKEN_SECRET_FILE cannot be read',
  )
  const empty = join(directory, 'empty')
  writeFileSync(empty, '\n')
  expect(await refused({ TOKEN_SECRET_FILE: empty })).toContain('is empty')
  expect(await refused({ ...files, TOKEN_SECRET: 'x'.repeat(20) })).toContain('not both')
})
