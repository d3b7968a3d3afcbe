import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { ErrorCode } from '#embedded-kafka/protocol/errors.ts'
import { startBroker } from '../support/broker.ts'

const VERSION = '1.35.0'
const SESSION = fileURLToPath(new URL('./support/platformatic-session.mjs', import.meta.url))
const FETCH_WITHIN_MS = 2 * 60_000

const client = platformaticKafka()
if ('skipped' in client)
  console.warn(`\n*** SKIPPED: [CLI10] @platformatic/kafka could not be had: ${client.skipped} ***\n`)

/** The package, fetched once and kept in a cache folder (XDG_CACHE_HOME, else ~/.cache): the product has no use for it. */
function platformaticKafka(): { entry: string } | { skipped: string } {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'rider-live')
  const folder = join(cache, `platformatic-kafka-${VERSION}`)
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true })
    const draft = mkdtempSync(join(cache, 'fetching-'))
    try {
      writeFileSync(join(draft, 'package.json'), '{ "private": true }')
      const args = ['install', '--no-audit', '--no-fund', `@platformatic/kafka@${VERSION}`]
      execFileSync('npm', args, { cwd: draft, stdio: 'pipe', timeout: FETCH_WITHIN_MS })
      if (!existsSync(folder)) renameSync(draft, folder)
    } catch (error) {
      return { skipped: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) }
    } finally {
      rmSync(draft, { recursive: true, force: true })
    }
  }
  return { entry: pathToFileURL(join(folder, 'node_modules/@platformatic/kafka/dist/index.js')).href }
}

test.skipIf('skipped' in client)(
  '[CLI10] B5: @platformatic/kafka, which speaks flexible versions only, administers, produces, and consumes in a group',
  async () => {
    if ('skipped' in client) throw new Error(client.skipped)
    const { address } = await startBroker()
    const { stdout } = await promisify(execFile)(process.execPath, [SESSION, client.entry, address])
    expect(JSON.parse(stdout)).toEqual({
      created: ['t', 3, '9223372036854775807'],
      topics: ['t'],
      again: [ErrorCode.TOPIC_ALREADY_EXISTS],
      read: 40,
      groupWhileReading: ['g'],
      groupWhenLeft: ['g'],
      committed: 40,
      described: ['9223372036854775807'],
      partitions: 5,
      transaction: [ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED],
      left: [[], 0],
    })
  },
)
