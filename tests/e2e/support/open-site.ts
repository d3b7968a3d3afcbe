import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { atEnd } from '../../support/at-end.ts'

/** The line of docs/brand-and-embed.md, as a shop copies it. */
export const [EMBED_LINE = ''] =
  readFileSync('docs/brand-and-embed.md', 'utf8').match(/<iframe .*<\/iframe>/) ?? []
export const framed = (address: string) => EMBED_LINE.replace(/src="[^"]*"/, `src="${address}"`)

/** A site of its own, on which any page can be put: to the browser `localhost` is another one than `127.0.0.1`. */
export async function openSite(): Promise<{ origin: string; put(html: string): void }> {
  let body = ''
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8')
    response.end(`<!doctype html><title>A shop</title><h1>Your order</h1>${body}`)
  }).listen(0, 'localhost')
  await once(server, 'listening')
  atEnd(async () => {
    server.closeAllConnections()
    server.close()
  })
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    put(html) {
      body = html
    },
  }
}
