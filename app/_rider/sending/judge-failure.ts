import type { ApiFailure } from '#app/_http/call-api.ts'
import type { Fix } from '#contracts/location.ts'

/** The one point for which the server refuses the whole POST: it would do so for ever. */
export function unsendableOf(fixes: Fix[], { code, field }: ApiFailure): Fix | undefined {
  const index = code === 'invalid_body' ? field?.match(/^locations\.(\d+)(\.|$)/)?.[1] : undefined
  return index === undefined ? undefined : fixes[Number(index)]
}

/**
 * Our own fault or the end: the same request would be answered the same way for ever. An answer that is not the server's,
 * e.g. of a hotel's network that wants to be signed in to, says nothing about the next.
 */
export function isFinal({ status, code }: ApiFailure): boolean {
  return code !== null && status !== null && status >= 400 && status < 500 && status !== 408 && status !== 429
}
