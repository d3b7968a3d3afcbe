import { randomUUID } from 'node:crypto'
import type { CreateDeliveryAnswer } from '#contracts/http.ts'
import type { CreateDeliveryBody } from '#contracts/order.ts'
import { issueLink } from '../access/issue-link.ts'
import type { Tokens } from '../access/tokens.ts'
import { createDelivery as store } from '../db/create-delivery.ts'
import type { DeliveryRecord } from '../db/deliveries.ts'
import type { Database } from '../db/open-database.ts'
import type { Scenario } from '../demo/scenarios.ts'
import { ProblemError } from '../ground/problem-error.ts'
import type { Relay } from './relay.ts'
import { pinOf } from './snapshot.ts'

type Dependencies = {
  db: Database
  tokens: Tokens
  relay: Relay
  scenarios: readonly Scenario[]
  now: () => number
}

/** A new delivery along one of the prepared routes, with a link for its rider and one for its customer. */
export function createCreateDelivery({ db, tokens, relay, scenarios, now }: Dependencies) {
  let turn = 0

  return async (
    { scenario: wanted }: Pick<CreateDeliveryBody, 'scenario'>,
    { requestId }: { requestId?: string },
  ): Promise<CreateDeliveryAnswer> => {
    const scenario = wanted === undefined ? inTurn() : scenarios.find(({ id }) => id === wanted)
    if (!scenario) {
      const known = scenarios.map(({ id }) => id).join(', ')
      throw new ProblemError('invalid_body', {
        detail: `There is no such scenario. Known are: ${known}.`,
        field: 'scenario',
      })
    }
    const { store: from, destination, route, riderName, customerName } = scenario
    const record = await store(db, {
      id: randomUUID(),
      store: from,
      destination,
      riderName,
      customerName,
      route: [...route],
      routed: true,
      createdAtMs: now(),
      requestId,
    })
    if (!record) throw new Error('A delivery without an externalId is always a new one')
    // The caller does not wait for Kafka: what follows from the delivery comes after this in the same outbox.
    void relay.flush()
    return withLinks(tokens, record)
  }

  /** Several deliveries in a row should look like a city, not like a copy. */
  function inTurn(): Scenario | undefined {
    const scenario = scenarios[turn % scenarios.length]
    turn += 1
    return scenario
  }
}

/** With the links that work now. */
export function withLinks(tokens: Tokens, { delivery, links, pin }: DeliveryRecord): CreateDeliveryAnswer {
  const rider = issueLink(tokens, delivery, { role: 'rider', version: links.rider })
  const customer = issueLink(tokens, delivery, { role: 'customer', version: links.customer })
  return { delivery, rider, customer: { ...customer, ...pinOf({ delivery, pin }) } }
}
