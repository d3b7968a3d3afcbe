import { createDecipheriv, createECDH, type ECDH, hkdfSync, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeProtectedHeader, importJWK, jwtVerify } from 'jose'
import { type Notice, noticeSchema } from '#contracts/push.ts'
import { atEnd } from './at-end.ts'

/** A message as the browser has it, and what it came with. */
export type Received = { notice: Notice; headers: IncomingMessage['headers']; atMs: number }
/** How the service answers; the answer may have to wait. */
export type Behaviour = () => { status: number; headers?: Record<string, string>; after?: Promise<unknown> }

export type Browser = {
  /** `PushSubscription.toJSON()`. */
  subscription: { endpoint: string; expirationTime: null; keys: { p256dh: string; auth: string } }
  /** Every message that the service took from the app, in order, whatever it answered. */
  received: Received[]
  statuses(): string[]
  behave(behaviour: Behaviour): void
}

/**
 * A push service on loopback (RFC 8030), with the browsers that it serves: each message is decrypted here with the browser's
 * own keys, by RFC 8188 and 8291 and with nothing of the library that the app encrypts with, and its VAPID signature is verified.
 */
export async function startPushService(): Promise<{ port: number; openBrowser(): Browser }> {
  const browsers = new Map<string, { browser: Browser; take(body: Buffer): Notice; behaviour: Behaviour }>()
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => response.writeHead(400).end(String(error)))
  })
  server.listen(0, 'localhost')
  await once(server, 'listening')
  atEnd(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo
  const origin = `http://localhost:${port}`

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const found = browsers.get(request.url ?? '')
    if (!found || request.method !== 'POST') return void response.writeHead(404).end()
    const body = Buffer.concat(await request.toArray())
    await verifyVapid(request.headers.authorization ?? '', origin)
    if (request.headers['content-encoding'] !== 'aes128gcm') throw new Error('not aes128gcm')
    found.browser.received.push({ notice: found.take(body), headers: request.headers, atMs: Date.now() })
    const { status, headers = {}, after } = found.behaviour()
    await after
    response.writeHead(status, headers).end()
  }

  return {
    port,
    openBrowser() {
      const path = `/wpush/v2/${randomBytes(12).toString('base64url')}`
      const keys = createECDH('prime256v1')
      keys.generateKeys()
      const auth = randomBytes(16)
      const browser: Browser = {
        subscription: {
          endpoint: origin + path,
          expirationTime: null,
          keys: { p256dh: keys.getPublicKey('base64url'), auth: auth.toString('base64url') },
        },
        received: [],
        statuses: () => browser.received.map(({ notice }) => notice.status),
        behave(behaviour) {
          const entry = browsers.get(path)
          if (entry) entry.behaviour = behaviour
        },
      }
      const take = (body: Buffer) =>
        noticeSchema.parse(JSON.parse(decrypt(body, { keys, auth }).toString('utf8')))
      browsers.set(path, { browser, take, behaviour: () => ({ status: 201 }) })
      return browser
    },
  }
}

/** RFC 8188 §2, one record, with the key of RFC 8291 §3.4. */
function decrypt(body: Buffer, { keys, auth }: { keys: ECDH; auth: Buffer }): Buffer {
  const salt = body.subarray(0, 16)
  const idLength = body.readUInt8(20)
  const sender = body.subarray(21, 21 + idLength)
  const record = body.subarray(21 + idLength)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), keys.getPublicKey(), sender])
  const ikm = Buffer.from(hkdfSync('sha256', keys.computeSecret(sender), auth, info, 32))
  const derive = (label: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', ikm, salt, `Content-Encoding: ${label}\0`, bytes))
  const cipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12))
  cipher.setAuthTag(record.subarray(-16))
  const padded = Buffer.concat([cipher.update(record.subarray(0, -16)), cipher.final()])
  const end = padded.lastIndexOf(2)
  if (end < 0 || padded.subarray(end + 1).some((byte) => byte !== 0)) throw new Error('not the last record')
  return padded.subarray(0, end)
}

/** RFC 8292: a JWT for this push service, signed with the key that stands beside it. */
async function verifyVapid(authorization: string, audience: string): Promise<void> {
  const [, token = '', key = ''] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(authorization) ?? []
  if (decodeProtectedHeader(token).alg !== 'ES256') throw new Error('not ES256')
  const point = Buffer.from(key, 'base64url')
  const coordinate = (from: number) => point.subarray(from, from + 32).toString('base64url')
  const publicKey = await importJWK({ kty: 'EC', crv: 'P-256', x: coordinate(1), y: coordinate(33) }, 'ES256')
  const { payload } = await jwtVerify(token, publicKey, { audience, requiredClaims: ['exp', 'sub'] })
  if (!/^(mailto:|https:\/\/)/.test(payload.sub ?? '')) throw new Error('a subject that Apple refuses')
}
