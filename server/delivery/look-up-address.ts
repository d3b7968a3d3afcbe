import type { FindPlacesAnswer, FindPlacesBody } from '#contracts/http.ts'
import { createRateLimiter } from '../access/rate-limit.ts'
import { ProblemError } from '../ground/problem-error.ts'
import type { Logger } from '../logger.ts'
import { createFindPlaces } from '../routing/find-places.ts'

/** Of one instance, whoever asks: a hundred pasted addresses take 20 s, and the geocoder is not flooded. */
const LIMIT = { perSecond: 5, burst: 20 }
const AGAIN_AFTER_MS = 5_000

type Options = { geocoderUrl: string | null; logger: Logger }

/**
 * The places of an address, for dispatch. What is asked is in no log.
 * @throws ProblemError `not_found` without a geocoder, `geocoder_unavailable` while it does not answer, `rate_limited`
 */
export function createLookUpAddress({ geocoderUrl, logger }: Options) {
  const find = geocoderUrl === null ? null : createFindPlaces(geocoderUrl, logger)
  const limit = createRateLimiter(LIMIT, 'geocoder')
  return async (asked: FindPlacesBody): Promise<FindPlacesAnswer> => {
    if (find === null) throw new ProblemError('not_found', { detail: 'No geocoder is set (GEOCODER_URL).' })
    await limit.consume('all')
    const places = await find(asked)
    if (places === undefined)
      throw new ProblemError('geocoder_unavailable', {
        detail: 'The geocoder does not answer. Places with coordinates are taken as ever.',
        retryAfterMs: AGAIN_AFTER_MS,
      })
    return { places }
  }
}
