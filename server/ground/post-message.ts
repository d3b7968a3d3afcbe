import { Agent as HttpAgent, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import { guardedLookup } from './guarded-lookup.ts'

/** What the other side has said of a message. */
export type Posted = { status: number; retryAfter: string | null }
export type PostMessage = (
  endpoint: string,
  message: { headers: Record<string, string | number>; body: Buffer },
  signal: AbortSignal,
) => Promise<Posted>

const CONNECTIONS_PER_HOST = 20
const IDLE_MS = 30_000

/**
 * Posts to servers of others, push services and receivers of webhooks: it follows no redirection, reads nothing of the answer
 * but its head, and connects to no private address behind a name unless that is allowed.
 */
export function createPostMessage({ allowPrivate }: { allowPrivate: boolean }): {
  post: PostMessage
  close(): void
} {
  const options = {
    keepAlive: true,
    maxSockets: CONNECTIONS_PER_HOST,
    timeout: IDLE_MS,
    ...(allowPrivate ? {} : { lookup: guardedLookup() }),
  }
  const https = new HttpsAgent(options)
  const http = new HttpAgent(options)
  return {
    post: (endpoint, { headers, body }, signal) =>
      new Promise((resolve, reject) => {
        const url = new URL(endpoint)
        const [request, agent] = url.protocol === 'http:' ? [requestHttp, http] : [requestHttps, https]
        const posting = request(url, { method: 'POST', headers, agent, signal })
        posting.on('response', (answer) => {
          // Whatever it says is let run out, so that the connection can serve again.
          answer.on('error', () => {}).resume()
          resolve({ status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'] ?? null })
        })
        posting.on('error', reject)
        posting.end(body)
      }),
    close() {
      https.destroy()
      http.destroy()
    },
  }
}
