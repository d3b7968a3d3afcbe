import { expect } from 'vitest'
import {
  type CreateDeliveryAnswer,
  createDeliveryAnswerSchema,
  listLocationsAnswerSchema,
} from '#contracts/http.ts'
import type { Fix, Location } from '#contracts/location.ts'
import { type ProblemCode, problemSchema } from '#contracts/problem.ts'
import { type Snapshot, snapshotSchema } from '#contracts/snapshot.ts'
import { pollUntil } from './poll-until.ts'

export type Call = { method?: string; token?: string; body?: unknown; headers?: Record<string, string> }

/** A plain HTTP client of the product: nothing of the app's own code is on this side of the wire. */
export function createApi(url: string) {
  const call = (path: string, { method = 'GET', token, body, headers = {} }: Call = {}) =>
    fetch(url + path, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })

  return {
    call,
    async createDelivery(body: unknown = {}): Promise<CreateDeliveryAnswer> {
      const response = await taken(() => call('/api/deliveries', { method: 'POST', body }))
      expect(response.status).toBe(201)
      return createDeliveryAnswerSchema.parse(await response.json())
    },
    /** A delivery whose location its customer may see. */
    async createPickedUp(): Promise<CreateDeliveryAnswer> {
      const created = await this.createDelivery()
      const response = await taken(() => this.postStatus(created, 'picked_up'))
      expect(response.status).toBe(200)
      return created
    },
    async snapshotOf({ delivery }: CreateDeliveryAnswer, token: string): Promise<Snapshot> {
      return snapshotSchema.parse(await (await call(`/api/deliveries/${delivery.id}`, { token })).json())
    },
    postLocations: (
      { delivery, rider }: CreateDeliveryAnswer,
      locations: unknown[],
      headers: Record<string, string> = {},
    ) =>
      call(`/api/deliveries/${delivery.id}/locations`, {
        method: 'POST',
        token: rider.token,
        body: { locations },
        headers,
      }),
    /** What a reader with this token finds in the history. */
    async historyOf({ delivery }: CreateDeliveryAnswer, token: string): Promise<Location[]> {
      const response = await call(`/api/deliveries/${delivery.id}/locations`, { token })
      return listLocationsAnswerSchema.parse(await response.json()).locations
    },
    postStatus: ({ delivery, rider }: CreateDeliveryAnswer, status: string, more: object = {}) =>
      call(`/api/deliveries/${delivery.id}/status`, {
        method: 'POST',
        token: rider.token,
        body: { status, ...more },
      }),
    postDevice: ({ delivery, rider }: CreateDeliveryAnswer, deviceId: unknown) =>
      call(`/api/deliveries/${delivery.id}/device`, {
        method: 'POST',
        token: rider.token,
        body: { deviceId },
      }),
    replaceLink: (deliveryId: string, role: unknown, token?: string) =>
      call(`/api/deliveries/${deliveryId}/links`, {
        method: 'POST',
        body: { role },
        ...(token === undefined ? {} : { token }),
      }),
  }
}
export type Api = ReturnType<typeof createApi>

/** The rider's n-th point along the delivery's own route, as a device would have made it just now. */
export function fixAt({ delivery }: CreateDeliveryAnswer, seq: number, overrides: Partial<Fix> = {}): Fix {
  const [lat, lng] = delivery.route[Math.min(seq, delivery.route.length - 2)] ?? [37.5, 127.03]
  return { seq, lat, lng, recordedAtMs: Date.now(), accuracyM: 8, headingDeg: 70, speedMps: 6, ...overrides }
}

/** The answer must be exactly the listed problem, in the one error shape. */
export async function expectProblem(
  response: Response,
  status: number,
  code: ProblemCode,
): Promise<{ field?: string | undefined }> {
  const text = await response.text()
  expect({ status: response.status, text }).toMatchObject({ status })
  expect(response.headers.get('content-type')).toContain('application/problem+json')
  const problem = problemSchema.parse(JSON.parse(text))
  expect(problem).toMatchObject({ status, code, requestId: response.headers.get('x-request-id') })
  return problem
}

/** For what a test needs before it begins: a 503, as of a log that a busy machine keeps waiting, asks to come again. */
const taken = (ask: () => Promise<Response>) =>
  pollUntil(
    async () => {
      const response = await ask()
      return response.status === 503 ? null : response
    },
    { withinMs: 30_000, what: 'another answer than 503' },
  )
