import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RequestHandler } from '../ground/request-handler.ts'

/** Each is served below the pages that it opens, so no browser lets it control any other. */
const SCOPES = ['/rider/', '/track/'] as const

/**
 * In development, and when they are switched off: what a browser has installed earlier removes itself and all that it
 * kept, at the next visit.
 */
const REMOVES_ITSELF = `addEventListener('install', () => skipWaiting())
addEventListener('activate', (event) => event.waitUntil(remove()))
async function remove() {
  for (const name of await caches.keys())
    if (name.startsWith('rider-live ' + new URL(registration.scope).pathname)) await caches.delete(name)
  await registration.unregister()
}
`

/** Serves the workers that open the rider's and the customer's page without network, each with what this build has. */
export function createPageWorkersHandler({
  isOn,
  logo,
}: {
  isOn: boolean
  logo: string | null
}): RequestHandler {
  const code = new Map(
    SCOPES.map((scope) => [`${scope}service-worker.js`, isOn ? workerOf(scope, logo) : REMOVES_ITSELF]),
  )
  return (request, response) => {
    const { method, url = '' } = request
    const text = code.get(url.split('?', 1)[0] as string)
    if (text === undefined || (method !== 'GET' && method !== 'HEAD')) return false
    response.writeHead(200, {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Content-Length': Buffer.byteLength(text),
      'Cache-Control': 'no-cache',
      // The worker's own policy: it talks to this server, and to no other.
      'Content-Security-Policy': "default-src 'none'; connect-src 'self'",
    })
    response.end(text)
    return true
  }
}

function workerOf(scope: (typeof SCOPES)[number], logo: string | null): string {
  const later = [...filesLoadedLater(scope), ...(logo === null ? [] : [logo])]
  const build = { id: readFileSync('.next/BUILD_ID', 'utf8').trim(), scope, later }
  return `const BUILD = ${JSON.stringify(build)}\n${readFileSync('dist/service-worker.js', 'utf8')}`
}

/** The page's parts that its HTML does not name, such as its map, as Next lists them. */
function filesLoadedLater(scope: string): string[] {
  const list = join('.next/server/app', scope, '[deliveryId]/page/react-loadable-manifest.json')
  const parts: Record<string, { files: string[] }> = JSON.parse(readFileSync(list, 'utf8'))
  return [...new Set(Object.values(parts).flatMap(({ files }) => files))].map((file) => `/_next/${file}`)
}
