import { Webhook } from 'standardwebhooks'

/** The headers of the Standard Webhooks specification, with a signature by each secret: the receiver has one of them. */
export function createSign(secrets: readonly string[]) {
  const signers = secrets.map((secret) => new Webhook(secret))
  return ({ id, body, atMs }: { id: string; body: string; atMs: number }) => ({
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(atMs / 1_000)),
    'webhook-signature': signers.map((signer) => signer.sign(id, new Date(atMs), body)).join(' '),
  })
}
