import { createHash, ECDH } from 'node:crypto'
import type { PushAnswer, SubscribeBody } from '#contracts/push.ts'
import type { Claims } from '#domain/access.ts'
import { isEnded } from '#domain/lifecycle.ts'
import { type PushServices, refuseEndpoint } from '#domain/push-endpoint.ts'
import type { VapidKeys } from '../access/vapid-keys.ts'
import type { Database } from '../db/open-database.ts'
import { forgetEndpoint, listEndpoints, storeSubscription } from '../db/push-subscriptions.ts'
import { queryWithDeadline } from '../db/query-with-deadline.ts'
import { ProblemError } from '../ground/problem-error.ts'
import type { LiveDeliveries } from './live-deliveries.ts'
import { linkReplaced } from './open-delivery.ts'

export type PushSubscriptions = {
  /** @throws ProblemError `not_found` where messages are not sent */
  show(deliveryId: string): Promise<PushAnswer>
  /**
   * This browser is told of the delivery's next statuses.
   * @throws ProblemError `invalid_body` for an endpoint that is not at a known push service, `too_many_subscriptions`,
   * `delivery_ended`, `not_found`, or `unauthenticated` for a link that was replaced
   */
  subscribe(claims: Claims, body: SubscribeBody, origin: string): Promise<void>
  /** It is not told any more. Repeating it is harmless. */
  unsubscribe(deliveryId: string, endpoint: string): Promise<void>
}

type Dependencies = { live: LiveDeliveries; db: Database; push: PushServices; keys: VapidKeys }

export function createPushSubscriptions({ live, db, push, keys }: Dependencies): PushSubscriptions {
  async function refuseEnded(deliveryId: string): Promise<void> {
    const { delivery } = (await live.get(deliveryId)).record
    if (isEnded(delivery.status)) throw ended()
    if (push.hosts.length === 0)
      throw new ProblemError('not_found', { detail: 'This server sends no push messages.' })
  }

  return {
    async show(deliveryId) {
      await refuseEnded(deliveryId)
      const endpoints = await queryWithDeadline(() => listEndpoints(db, deliveryId))
      return { publicKey: keys.publicKey, devices: endpoints.map(deviceOf) }
    },

    async subscribe({ deliveryId, version }, { endpoint, keys: { p256dh, auth }, language = 'en' }, origin) {
      await refuseEnded(deliveryId)
      const refusal = refuseEndpoint(endpoint, push)
      if (refusal !== null) throw new ProblemError('invalid_body', { field: 'endpoint', detail: refusal })
      if (!isOnCurve(p256dh))
        throw new ProblemError('invalid_body', { field: 'keys.p256dh', detail: 'It is no point of P-256.' })
      const subscription = { endpoint, p256dh, auth, language, origin, customerVersion: version }
      const stored = await queryWithDeadline(() => storeSubscription(db, { deliveryId, ...subscription }))
      if (stored === 'stored') return
      if (stored === 'too_many')
        throw new ProblemError('too_many_subscriptions', {
          detail: 'As many devices as may be are told of this delivery already.',
        })
      const { delivery } = (await live.reload(deliveryId)).record
      throw isEnded(delivery.status) ? ended() : linkReplaced()
    },

    async unsubscribe(deliveryId, endpoint) {
      await refuseEnded(deliveryId)
      await queryWithDeadline(() => forgetEndpoint(db, deliveryId, endpoint))
    },
  }
}

/** What a browser can compute of its own endpoint, and no reader can turn back. */
function deviceOf(endpoint: string): string {
  return createHash('sha256').update(endpoint).digest('base64url')
}

/** Nothing can be encrypted for another one. */
function isOnCurve(point: string): boolean {
  try {
    ECDH.convertKey(point, 'prime256v1', 'base64url', 'base64url', 'compressed')
    return true
  } catch {
    return false
  }
}

function ended(): ProblemError {
  return new ProblemError('delivery_ended', {
    detail: 'The delivery has ended; there is nothing more to tell.',
  })
}
