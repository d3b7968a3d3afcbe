import { dateOf } from '#app/_http/date-of.ts'
import { deliveryPath } from '#app/_http/delivery-path.ts'
import { pause } from '#app/_http/pause.ts'
import type { ServerClock } from '#app/_http/server-clock.ts'
import { type Location, locationSchema } from '#contracts/location.ts'

type Question = { deliveryId: string; token: string; clock: ServerClock }
type Polling = Question & {
  everyMs: number
  /** Send the known location's ETag: the server then answers 304 without a body while that is the newest. */
  withEtag: boolean
  signal: AbortSignal
  onRequest(): void
  /** `status` null: no answer came. `location` null: the answer held none. */
  onAnswer(answer: { status: number | null; location: Location | null }): void
}

const ANSWER_WITHIN_MS = 10_000
/** The link or the ride has ended: polling again is useless. */
const FINAL = [401, 403, 404, 410]

export const locationPath = (deliveryId: string) => deliveryPath(deliveryId, '/location')

/** Polls the location until the ride has ended or `signal` aborts. Requests do not overlap. */
export async function pollLocation(polling: Polling): Promise<void> {
  const { everyMs, withEtag, signal, onRequest, onAnswer } = polling
  let etag: string | null = null
  while (!signal.aborted) {
    const nextTurn = pause(everyMs, signal)
    onRequest()
    const answer = await ask(polling, withEtag ? etag : null)
    etag = answer.etag ?? etag
    onAnswer(answer)
    if (FINAL.includes(answer.status ?? 0)) return
    await nextTurn
  }
}

async function ask({ deliveryId, token, clock }: Question, etag: string | null) {
  const learn = clock.ask()
  try {
    const response = await fetch(locationPath(deliveryId), {
      headers: { authorization: `Bearer ${token}`, ...(etag !== null && { 'if-none-match': etag }) },
      // The browser's own cache would hide the 304.
      cache: 'no-store',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    })
    learn(dateOf(response))
    const text = await response.text()
    const parsed = locationSchema.safeParse(response.status === 200 ? JSON.parse(text) : null)
    return {
      status: response.status,
      etag: response.headers.get('etag'),
      location: parsed.success ? parsed.data : null,
    }
  } catch {
    // Offline, interrupted or timed out: counted, and tried again at the next turn.
    return { status: null, etag: null, location: null }
  }
}
