import { type ReplaceLinkBody, replaceLinkAnswerSchema } from '#contracts/http.ts'
import { type ApiFailure, callApi } from '../../_http/call-api.ts'

export type Replacement = { url: string } | { failed: string }

/** Asks the server for a new link of the customer; the one that is out stops working with the answer. */
export async function replaceCustomerLink(deliveryId: string, token: string): Promise<Replacement> {
  const answer = await callApi(
    replaceLinkAnswerSchema,
    `/api/deliveries/${encodeURIComponent(deliveryId)}/links`,
    { method: 'POST', token, body: { role: 'customer' } satisfies ReplaceLinkBody },
  )
  return answer.ok ? { url: answer.value.url } : { failed: wordsFor(answer) }
}

/** Without an answer nobody knows on which side of the change it was lost. Once more is safe: the last one counts. */
function wordsFor({ status, detail }: ApiFailure): string {
  if (status === null || status >= 500)
    return 'The server did not answer, so the old link may have stopped already. Please replace it once more.'
  return `The link was not replaced: ${detail}`
}
