import type { RequestListener } from 'node:http'

/** Until everything serves: alive, so that no orchestrator ends the process while it starts, and not ready for anything. */
export const starting: RequestListener = (request, response) => {
  if (request.url === '/healthz') {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
    response.end(JSON.stringify({ status: 'alive' }))
    return
  }
  response.writeHead(503, { 'Retry-After': '1', 'Content-Type': 'text/plain' })
  response.end('Starting\n')
}
