import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook as Verifier } from 'standardwebhooks'
import type { ReceivedWebhook } from '#contracts/inside/reader.ts'
import { webhookSchema } from '#contracts/webhook.ts'

const MOST_KEPT = 40
const MOST_BYTES = 64 * 1024

/** A shop's system as one would write it: it checks each request's signature, takes it, and prints what came. */
export type Receiver = {
  url: string
  /** The newest first. */
  received(): readonly ReceivedWebhook[]
  counts(): { requests: number; taken: number }
  /** Whether it answers 503 from now on. */
  fail(fails: boolean): void
  close(): Promise<void>
}

export async function openReceiver(secret: string, now: () => number): Promise<Receiver> {
  const verifier = new Verifier(secret)
  const attempts = new Map<string, number>()
  const taken = new Set<string>()
  let received: ReceivedWebhook[] = []
  let requests = 0
  let fails = false

  const server = createServer((request, response) => {
    take(request).then(
      (status) => response.writeHead(status).end(),
      () => response.destroy(),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // The process may end without it.
  server.unref()

  async function take(request: IncomingMessage): Promise<number> {
    const body = await readBody(request)
    const id = String(request.headers['webhook-id'] ?? '')
    const webhook = verify(body, request.headers as Record<string, string>)
    const answered = webhook === null ? 400 : fails ? 503 : 204
    const attempt = (attempts.get(id) ?? 0) + 1
    if (webhook !== null) attempts.set(id, attempt)
    if (answered === 204) taken.add(id)
    requests += 1
    const one: ReceivedWebhook = {
      ...{ number: requests, atMs: now(), id, attempt, answered },
      type: webhook?.type ?? null,
      deliveryId: webhook?.data.delivery.id ?? null,
      verified: webhook !== null,
    }
    received = [one, ...received].slice(0, MOST_KEPT)
    return answered
  }

  function verify(body: string, headers: Record<string, string>) {
    try {
      return webhookSchema.parse(verifier.verify(body, headers))
    } catch {
      return null
    }
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    received: () => received,
    counts: () => ({ requests, taken: taken.size }),
    fail(wanted) {
      fails = wanted
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MOST_BYTES) throw new Error('larger than any webhook')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
