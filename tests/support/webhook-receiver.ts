import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook as Verifier } from 'standardwebhooks'
import { NOTICED_TYPES, type Webhook, webhookSchema } from '#contracts/webhook.ts'
import { atEnd } from './at-end.ts'

export const WEBHOOK_SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

export type ReceivedWebhook = {
  id: string
  webhook: Webhook
  body: string
  headers: Record<string, string>
  answered: number
}
const NOTICED: ReadonlySet<string> = new Set(NOTICED_TYPES)
type Answer = { status: number; headers?: Record<string, string> }

/**
 * A shop's system on loopback: it verifies each request with the specification's own library, and answers as it is told.
 * What is not valid fails the test by `faults`.
 */
export async function startWebhookReceiver(port = 0) {
  const received: ReceivedWebhook[] = []
  const faults: string[] = []
  const receiver = {
    received,
    faults,
    /** Answers come once it has resolved. */
    hold: null as Promise<void> | null,
    answer: (_received: ReceivedWebhook): Answer => ({ status: 204 }),
    url: '',
    port: 0,
    /** The statuses that it has taken, each id once, of one delivery. */
    taken(deliveryId: string): string[] {
      return receiver.takenAll(deliveryId).filter((type) => !NOTICED.has(type))
    },
    /** What else of a delivery it has taken, each id once. */
    noticed(deliveryId: string): string[] {
      return receiver.takenAll(deliveryId).filter((type) => NOTICED.has(type))
    },
    takenAll(deliveryId: string): string[] {
      const mine = received.filter(
        ({ answered, webhook }) => answered < 300 && webhook.data.delivery.id === deliveryId,
      )
      return [...new Map(mine.map(({ id, webhook }) => [id, webhook.type])).values()]
    },
    async close() {
      server.closeAllConnections()
      if (server.listening) await new Promise((resolve) => server.close(resolve))
    },
  }
  const server = createServer((request, response) => {
    take(request).then(
      ({ status, headers = {} }) => response.writeHead(status, headers).end('thank you'),
      (error: unknown) => {
        faults.push(String(error))
        response.writeHead(400).end()
      },
    )
  }).listen(port, '127.0.0.1')
  await once(server, 'listening')
  receiver.port = (server.address() as AddressInfo).port
  receiver.url = `http://127.0.0.1:${receiver.port}/hooks?key=hush-hush`
  atEnd(() => receiver.close())

  async function take(request: IncomingMessage): Promise<Answer> {
    const body = Buffer.concat(await request.toArray()).toString('utf8')
    const headers = request.headers as Record<string, string>
    const webhook = webhookSchema.parse(new Verifier(WEBHOOK_SECRET).verify(body, headers))
    const one = { id: headers['webhook-id'] ?? '', webhook, body, headers, answered: 0 }
    const answer = receiver.answer(one)
    received.push({ ...one, answered: answer.status })
    if (receiver.hold) await receiver.hold
    return answer
  }

  return receiver
}
export type WebhookReceiver = Awaited<ReturnType<typeof startWebhookReceiver>>
