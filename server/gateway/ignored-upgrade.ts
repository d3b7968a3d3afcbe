import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'

/** For one connection only, and of the upgrade that is ignored. */
const LEFT_OUT = ['upgrade', 'connection', 'http2-settings']

/** A WebSocket on a path where somebody listens: the only protocol that there is another one of. */
export function createIsOffered(startsOfPaths: readonly string[]) {
  return ({ headers, url = '' }: IncomingMessage): boolean =>
    headers.upgrade?.toLowerCase() === 'websocket' && startsOfPaths.some((start) => url.startsWith(start))
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
