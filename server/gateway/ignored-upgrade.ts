import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { ledHere } from './led-here.ts'

/** For one connection only, and of the upgrade that is ignored. */
const LEFT_OUT = ['upgrade', 'connection', 'http2-settings']

/**
 * From Node 25 on, Node reads the body of an upgrade before it emits the event (older ones leave it on the connection), so
 * there Node itself has to ignore it: `shouldUpgradeCallback`. What was
 * pipelined behind such a request is lost then, so the connection is closed after the answer, and its client asks again.
 */
const NODE_IGNORES = Number(process.versions.node.split('.', 1)[0]) >= 25

/** Options of `createServer`, for what is not offered. */
export function ignoringUpgrades(isOffered: (request: IncomingMessage) => boolean): object {
  return NODE_IGNORES ? { shouldUpgradeCallback: isOffered } : {}
}

/** To be called with each request, as its answer may have to be the last of its connection. */
export function closeAfterIgnored({ headers }: IncomingMessage, response: ServerResponse): void {
  if (NODE_IGNORES && headers.upgrade !== undefined) response.shouldKeepAlive = false
}

/** A WebSocket on a path where one is served: the only upgrade that this server offers. */
export function createIsOffered(startsOfPaths: readonly string[]) {
  return ({ headers, url = '' }: IncomingMessage): boolean =>
    headers.upgrade?.toLowerCase() === 'websocket' &&
    startsOfPaths.some((start) => ledHere(url).startsWith(start))
}

/**
 * Any other upgrade is ignored (RFC 9110 §7.8), and its request answered as if it had not been asked for. Where Node has
 * let go of the connection for it already, the request is put back in front of what has come since, without the
 * upgrade, and the connection handed to the server anew.
 */
export function serveWithoutUpgrade(server: Server, request: IncomingMessage, head: Buffer): void {
  const socket = request.socket as Socket
  if (socket.destroyed) return
  socket.unshift(Buffer.concat([Buffer.from(headOf(request), 'latin1'), head]))
  server.emit('connection', socket)
}

function headOf({ method, url, httpVersion, rawHeaders }: IncomingMessage): string {
  const lines = [`${method} ${url} HTTP/${httpVersion}`]
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? ''
    if (!LEFT_OUT.includes(name.toLowerCase())) lines.push(`${name}: ${rawHeaders[at + 1]}`)
  }
  // Nothing of what Connection says may get lost but the upgrade: whether the connection stays, above all.
  const connection = connectionWithoutUpgrade(rawHeaders)
  if (connection !== '') lines.push(`Connection: ${connection}`)
  return `${lines.join('\r\n')}\r\n\r\n`
}

function connectionWithoutUpgrade(rawHeaders: readonly string[]): string {
  return rawHeaders
    .filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === 'connection')
    .flatMap((value) => value.split(','))
    .map((option) => option.trim())
    .filter((option) => option !== '' && !LEFT_OUT.includes(option.toLowerCase()))
    .join(', ')
}
