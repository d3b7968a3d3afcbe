import { randomInt, randomUUID } from 'node:crypto'
import type { CreateDeliveryAnswer } from '#contracts/http.ts'
import type { Order } from '#contracts/order.ts'
import { findOrderFault, normaliseOrder } from '#domain/order.ts'
import type { Tokens } from '../access/tokens.ts'
import { createDelivery as store } from '../db/create-delivery.ts'
import { type AskedOrder, type DeliveryRecord, findByExternalId } from '../db/deliveries.ts'
import type { Database } from '../db/open-database.ts'
import { queryWithDeadline } from '../db/query-with-deadline.ts'
import { ProblemError } from '../ground/problem-error.ts'
import type { PlanRoute } from '../routing/plan-route.ts'
import { withLinks } from './create-delivery.ts'
import { differingMember, digestOrder } from './order-digest.ts'
import type { Relay } from './relay.ts'

type Dependencies = { db: Database; tokens: Tokens; relay: Relay; planRoute: PlanRoute; now: () => number }

/** With `isNew` false the order was there already, with the same content. */
export type OrderAnswer = CreateDeliveryAnswer & { isNew: boolean }

/** The same number may be erased and asked for again at the same moment. */
const TRIES = 3

/**
 * An order becomes a delivery, once: the same one again is answered with that delivery, on whichever instance it comes, at
 * the same moment as well. Its links are issued again, of the versions that work now, so those of the first answer go on.
 * @throws ProblemError `invalid_body` for what cannot be meant, `conflict` when the number stands for another order,
 * `log_unavailable`
 */
export function createCreateOrder({ db, tokens, relay, planRoute, now }: Dependencies) {
  return async (asked: Order, { requestId }: { requestId: string }): Promise<OrderAnswer> => {
    const order = normaliseOrder(asked)
    const orderDigest = order.externalId === undefined ? undefined : digestOrder(order)
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const known = await find(order)
      if (known) return await answer(sameOrder(known, digestOrder(order)), false)
      const record = await create(order, { orderDigest, requestId })
      if (record) return await answer(record, true)
    }
    throw new ProblemError('conflict', {
      detail: 'This order is being made and erased by others; look again.',
      field: 'externalId',
    })
  }

  async function find({ externalId }: Order): Promise<AskedOrder | null> {
    return externalId === undefined ? null : await queryWithDeadline(() => findByExternalId(db, externalId))
  }

  /** null when another instance was first. */
  async function create(
    order: Order,
    kept: Pick<Parameters<typeof store>[1], 'orderDigest' | 'requestId'>,
  ): Promise<DeliveryRecord | null> {
    const { externalId, store: from, destination, rider, customer, note, promisedAtMs } = order
    const createdAtMs = now()
    const fault = findOrderFault(order, createdAtMs)
    if (fault) throw new ProblemError('invalid_body', fault)
    const planned = order.route
      ? { route: order.route, routed: true }
      : await planRoute(placeOf(from), placeOf(destination))
    const record = await queryWithDeadline(() =>
      store(db, {
        id: randomUUID(),
        ...{ externalId, ...kept, store: placeOf(from), destination, note, promisedAtMs, createdAtMs },
        ...planned,
        riderName: rider?.name,
        customerName: customer?.name,
        phones: {
          ...(from.phone !== undefined && { store: from.phone }),
          ...(rider?.phone !== undefined && { rider: rider.phone }),
          ...(customer?.phone !== undefined && { customer: customer.phone }),
        },
        pin: order.pin ? String(randomInt(10_000)).padStart(4, '0') : undefined,
      }),
    )
    // Nobody waits for Kafka here: what follows from the delivery comes after this in the same outbox.
    if (record) void relay.flush()
    return record
  }

  async function answer(record: DeliveryRecord, isNew: boolean): Promise<OrderAnswer> {
    return { isNew, ...withLinks(tokens, record) }
  }
}

const placeOf = ({ name, lat, lng }: Order['store']) => ({ name, lat, lng })

/** @throws ProblemError `conflict` unless the same was asked for */
function sameOrder({ record, orderDigest }: AskedOrder, now: ReturnType<typeof digestOrder>): DeliveryRecord {
  const field = differingMember(orderDigest, now)
  if (field === null) return record
  throw new ProblemError('conflict', {
    detail: `The order with this externalId is there already, with another ${field}.`,
    field,
  })
}
