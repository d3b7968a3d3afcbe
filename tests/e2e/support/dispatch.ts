import { type CreateDeliveryAnswer, createDeliveryAnswerSchema } from '../../../contracts/http.ts'
import type { Fix } from '../../../contracts/location.ts'
import { type Snapshot, snapshotSchema } from '../../../contracts/snapshot.ts'
import { pollUntil } from '../../support/poll-until.ts'

/** What the pages are not needed for, over plain HTTP. */
export function dispatch(url: string) {
  const call = async (path: string, token: string, body?: unknown): Promise<unknown> => {
    const ask = () =>
      fetch(`${url}/api/deliveries${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: body === undefined ? null : JSON.stringify(body),
      })
    // On a busy machine the log may not answer in time; the same request again is what a 503 asks for.
    const response = await pollUntil(
      async () => {
        const answer = await ask()
        return answer.status === 503 ? null : answer
      },
      { withinMs: 60_000, what: `another answer than 503 to ${path}` },
    )
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }
  return {
    createDelivery: async (scenario?: string): Promise<CreateDeliveryAnswer> =>
      createDeliveryAnswerSchema.parse(await call('', '', { scenario })),
    pickUp: ({ delivery, rider }: CreateDeliveryAnswer, at: { atSeq?: number } = {}) =>
      call(`/${delivery.id}/status`, rider.token, { status: 'picked_up', ...at }),
    deliver: ({ delivery, rider }: CreateDeliveryAnswer) =>
      call(`/${delivery.id}/status`, rider.token, { status: 'delivered' }),
    /** As the rider, who tells a failure's reason. */
    end: (
      { delivery, rider }: CreateDeliveryAnswer,
      status: 'delivered' | 'cancelled' | 'failed',
      more: { reason?: string; pin?: string } = {},
    ) => call(`/${delivery.id}/status`, rider.token, { status, ...more }),
    /** As the rider, from where the route starts if nothing else is said. */
    report: ({ delivery, rider }: CreateDeliveryAnswer, seq: number, change: Partial<Fix> = {}) => {
      const [lat, lng] = delivery.route[0] ?? [37.5, 127.03]
      const locations = [{ seq, lat, lng, recordedAtMs: Date.now(), ...change }]
      return call(`/${delivery.id}/locations`, rider.token, { locations })
    },
    /** As the rider: the link that the customer has stops. */
    replaceCustomerLink: ({ delivery, rider }: CreateDeliveryAnswer) =>
      call(`/${delivery.id}/links`, rider.token, { role: 'customer' }),
    /** From the link of one of its pages, which is all that a person has. */
    async snapshot(link: string): Promise<Snapshot> {
      const [path = '', token = ''] = link.split('#')
      return snapshotSchema.parse(await call(`/${path.split('/').at(-1)}`, token))
    },
  }
}
