import type { lookup } from 'node:dns'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { guardedLookup, PrivateAddressError } from '#server/ground/guarded-lookup.ts'
import { createPostMessage } from '#server/ground/post-message.ts'
import { isPublicAddress } from '#server/ground/public-address.ts'
import { atEnd } from '../../support/at-end.ts'

it('[NOTE8] [HOOK7] nothing is sent to a name that leads to a private address: no connection is made', async () => {
  let connections = 0
  const server = createServer(() => {
    connections += 1
  }).listen(0, 'localhost')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const { post, close } = createPostMessage({ allowPrivate: false })
  atEnd(async () => {
    close()
    server.close()
  })
  const posting = post(
    `https://localhost:${port}/1`,
    { headers: {}, body: Buffer.from('x') },
    AbortSignal.timeout(9_000),
  )
  await expect(posting).rejects.toThrow(PrivateAddressError)
  expect(connections).toBe(0)
})

it.each([
  [['203.0.113.1', '93.184.215.14'], false],
  [['93.184.215.14', '2606:2800:21f:cb07:6820:80da:af6b:8b2c'], true],
  [['93.184.215.14', '10.0.0.1'], false],
  [[], false],
])('[NOTE8] a name that leads to %j: %s', async (addresses, taken) => {
  const system = ((_name: string, _options: object, done: (error: null, found: object[]) => void) =>
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )) as unknown as typeof lookup
  const found = await new Promise((resolve) => {
    guardedLookup(system)('push.example.net', { all: true }, (error, list) => resolve(error ?? list))
  })
  if (taken) expect(found).toHaveLength(addresses.length)
  else expect(found).toBeInstanceOf(PrivateAddressError)
})

it.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '240.0.0.1',
  '198.18.0.1',
  '::',
  '::1',
  'fe80::1',
  'fd00::1',
  'ff02::1',
  '::ffff:10.0.0.1',
  '::ffff:7f00:1',
  '64:ff9b::a00:1',
  '2002:a00:1::',
  '2001:db8::1',
  'no address',
])('[NOTE8] %s is not of the internet', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})
