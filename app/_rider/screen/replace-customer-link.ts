import { callApi } from '#app/_http/call-api.ts'
import { deliveryPath } from '#app/_http/delivery-path.ts'
import { type ReplaceLinkBody, replaceLinkAnswerSchema } from '#contracts/http.ts'
import type { ProblemCode } from '#contracts/problem.ts'

export type Replacement =
  | { kind: 'replaced'; url: string }
  /** Nothing has changed. */
  | { kind: 'refused'; status: number; code: ProblemCode }
  /** No answer: the link may or may not have been replaced. Repeating is safe, as the last one counts. */
  | { kind: 'unknown' }

/** Requests a new customer link; the old one stops working at the same moment. */
export async function replaceCustomerLink(deliveryId: string, token: string): Promise<Replacement> {
  const answer = await callApi(replaceLinkAnswerSchema, deliveryPath(deliveryId, '/links'), {
    method: 'POST',
    token,
    body: { role: 'customer' } satisfies ReplaceLinkBody,
  })
  if (answer.ok) return { kind: 'replaced', url: answer.value.url }
  const { status, code } = answer
  return code === null || status === null || status >= 500
    ? { kind: 'unknown' }
    : { kind: 'refused', status, code }
}
