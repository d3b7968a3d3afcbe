import { Agent, request } from 'node:http'
import { atEnd } from '../../support/at-end.ts'

export type Answer = { status: number; headers: NodeJS.Dict<string | string[]>; text: string }
export type Ask = {
  method?: string
  path: string
  headers?: Record<string, string | number>
  body?: Uint8Array | string
}

/**
 * Requests from a second address of this machine, e.g. 127.0.0.2, which plays somebody else. `fetch` cannot choose its
 * address, and sets headers that browsers own.
 */
export function requestFrom(
  localAddress: string,
  port: number,
  connections = 20,
): (ask: Ask) => Promise<Answer> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections, localAddress })
  atEnd(() => agent.destroy())
  return ({ method = 'GET', path, headers = {}, body }) =>
    new Promise((resolve, reject) => {
      const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
      const asked = request({
        host: '127.0.0.1',
        port,
        method,
        path,
        agent,
        headers: { ...length, ...headers },
      })
      asked.once('error', reject)
      asked.once('response', (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.once('error', reject)
        response.once('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        )
      })
      asked.end(body)
    })
}
