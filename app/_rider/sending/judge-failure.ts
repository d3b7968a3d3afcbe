import type { ApiFailure } from '#app/_http/call-api.ts'
import type { Fix } from '#contracts/location.ts'

/** The invalid point that makes the server refuse the whole POST; it would be refused every time. */
export function unsendableOf(fixes: Fix[], { code, field }: ApiFailure): Fix | undefined {
  const index = code === 'invalid_body' ? field?.match(/^locations\.(\d+)(\.|$)/)?.[1] : undefined
  return index === undefined ? undefined : fixes[Number(index)]
}

/**
 * Whether repeating the request is useless: our own mistake, or the delivery's end. An answer that is not our server's,
 * e.g. from a hotel's sign-in page, is never final.
 */
export function isFinal({ status, code }: ApiFailure): boolean {
  return code !== null && status !== null && status >= 400 && status < 500 && status !== 408 && status !== 429
}
