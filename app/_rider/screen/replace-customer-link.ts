import { callApi } from '#app/_http/call-api.ts'
import { deliveryPath } from '#app/_http/delivery-path.ts'
import { type ReplaceLinkBody, replaceLinkAnswerSchema } from '#contracts/http.ts'

export type Replacement =
  | { kind: 'replaced'; url: string }
  /** Nothing has changed. */
  | { kind: 'refused'; detail: string }
  /** Without an answer nobody knows on which side of the change it was lost. Once more is safe: the last one counts. */
  | { kind: 'unknown' }

/** Asks the server for a new link of the customer; the one that is out stops working with the answer. */
export async function replaceCustomerLink(deliveryId: string, token: string): Promise<Replacement> {
  const answer = await callApi(replaceLinkAnswerSchema, deliveryPath(deliveryId, '/links'), {
    method: 'POST',
    token,
    body: { role: 'customer' } satisfies ReplaceLinkBody,
  })
  if (answer.ok) return { kind: 'replaced', url: answer.value.url }
  const { status, code, detail } = answer
  return code === null || status === null || status >= 500 ? { kind: 'unknown' } : { kind: 'refused', detail }
}
