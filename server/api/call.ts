import type { RequestContext } from '../ground/request-context.ts'

/** A call of the API as its endpoint sees it, whichever door it came through. */
export type Call = {
  /** As the path names it; empty where it names none. */
  deliveryId: string
  /** Of the request; the name in lower case. */
  header(name: string): string | null
  /** What follows the question mark. */
  query(): URLSearchParams
  /** @throws ProblemError `body_too_large`, or `invalid_body` when it broke off */
  body(): Promise<Uint8Array>
  context: Omit<RequestContext, 'answerHeaders'>
}
