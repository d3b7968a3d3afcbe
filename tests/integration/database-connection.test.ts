import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { describe, expect, inject, it } from 'vitest'
import { openDatabase } from '#server/db/open-database.ts'
import { atEnd } from '../support/at-end.ts'
import { silent } from '../support/database.ts'
import { freePort } from '../support/free-port.ts'

const serverUrl = inject('postgresUrl')

/** What whoever starts the process is told when `change` is made to a good address. */
async function refusal(change: (url: URL) => void, base = 'postgresql://minsu:s3cr%21t@127.0.0.1:1/rides') {
  const url = new URL(base)
  change(url)
  const error = await openDatabase({
    databaseUrl: url.href,
    dataDir: '/unused',
    logger: silent,
    waitAtMostMs: 2_000,
  }).catch((e: unknown) => e)
  if (!(error instanceof Error)) throw new Error('It was let in')
  expect(JSON.stringify([error.message, error.stack, error.cause])).not.toMatch(/s3cr/)
  return error.message
}

describe('a PostgreSQL that cannot be used at start-up', () => {
  it('[DB15] does not answer: where, and what to check', async () => {
    const message = await refusal(() => {})
    expect(message).toMatch(/^PostgreSQL at 127\.0\.0\.1:1 has not answered for 2 s\..*DATABASE_URL/)
  })

  it('[DB15] accepts the connection and says nothing: given up in time', async () => {
    const mute = createServer((socket) => socket.on('error', () => {}).resume()).listen(0, '127.0.0.1')
    atEnd(() => mute.close())
    await once(mute, 'listening')
    const address = mute.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const message = await refusal((url) => {
      url.port = String(port)
    })
    expect(message).toMatch(/^PostgreSQL at 127\.0\.0\.1:\d+ has not answered for 2 s/)
  })

  it('[DB24] is not there yet: waited for', async () => {
    const port = await freePort()
    const { hostname, port: behind } = new URL(serverUrl)
    const opened = openDatabase({
      databaseUrl: Object.assign(new URL(serverUrl), { hostname: '127.0.0.1', port }).href,
      dataDir: '/unused',
      logger: {
        ...silent,
        // It comes once it has been missed.
        warn: () => void (server.listening || server.listen(port, '127.0.0.1')),
      } as typeof silent,
    })
    const server = createServer((socket) => {
      const other = connect({ host: hostname, port: Number(behind) })
      socket.on('error', () => other.destroy()).pipe(other)
      other.on('error', () => socket.destroy()).pipe(socket)
    })
    atEnd(() => server.close())
    const db = await opened
    await db.ping()
    await db.close()
    expect(server.listening).toBe(true)
  })

  it.each(['s3cret', 'postgresql://minsu:100%@127.0.0.1:1/rides'])(
    '[DB15] is not an address at all: %s',
    async (databaseUrl) => {
      const opened = openDatabase({ databaseUrl, dataDir: '/unused', logger: silent })
      await expect(opened).rejects.toThrow(/^DATABASE_URL is not an address like postgresql:/)
    },
  )

  it('[DB15] does not know the user, or the password', async () => {
    const message = await refusal((url) => {
      url.username = 'minsu'
      url.password = 's3cr!t'
    }, serverUrl)
    expect(message).toContain(
      'does not let user "minsu" in. Check the user and the password in DATABASE_URL.',
    )
  })

  it('[DB15] has no such database', async () => {
    const message = await refusal((url) => {
      url.pathname = '/rides'
    }, serverUrl)
    expect(message).toContain('has no database "rides". Create it, or correct DATABASE_URL.')
  })
})
