import { z } from 'zod'
import type { FindPlacesBody } from '#contracts/http.ts'
import { latSchema, lngSchema, type Place } from '#contracts/place.ts'
import type { Logger } from '../logger.ts'
import { type Address, addressOf, createAskMapServer } from './ask-map-server.ts'

/** The places of an address, the likeliest first; none when there is none, undefined when the server cannot tell. */
export type FindPlaces = (asked: FindPlacesBody) => Promise<Place[] | undefined>

/** As many as a person looks through. */
const MOST_PLACES = 5
const MOST_NAME = 200

/** Asks the server at `base`, which speaks Nominatim's `/search`. */
export function createFindPlaces(base: string, logger: Logger): FindPlaces {
  const ask = createAskMapServer('geocoder', logger)
  return (asked) => ask({ address: searchAddress(base, asked), read: readPlaces })
}

/** `base` is the server, with or without a path before Nominatim's own, or the whole path. */
export function searchAddress(base: string, { query, language }: FindPlacesBody): Address {
  const { url, headers } = addressOf(base, (own) => (own.endsWith('/search') ? own : `${own}/search`), {
    q: query,
    format: 'jsonv2',
    limit: String(MOST_PLACES),
    ...(language !== undefined && { 'accept-language': language }),
  })
  // Nominatim's terms ask for a name.
  return { url, headers: { ...headers, 'user-agent': 'rider-live' } }
}

/** Nominatim writes its numbers as texts. */
const degrees = (schema: z.ZodNumber) =>
  z
    .union([z.number(), z.string().regex(/^\s*[-+]?\d/)])
    .transform(Number)
    .pipe(schema)
const foundSchema = z.object({
  lat: degrees(latSchema),
  lng: degrees(lngSchema),
  name: z.string().regex(/\S/),
})

/**
 * Nothing of the answer is trusted: what is no place on earth with a name is left out.
 * @throws Error for an answer that is no list
 */
function readPlaces(body: string): Place[] {
  const found = z.array(z.unknown()).parse(JSON.parse(body))
  const places = found.flatMap((each): Place[] => {
    if (typeof each !== 'object' || each === null) return []
    const { lat, lon: lng, display_name: said } = each as Record<string, unknown>
    const name = typeof said === 'string' ? oneLine(said) : said
    const place = foundSchema.safeParse({ lat, lng, name })
    return place.success ? [place.data] : []
  })
  return places.slice(0, MOST_PLACES)
}

/** As an order takes names: without control characters, and what turns the direction of words. */
function oneLine(text: string): string {
  return (
    text
      .replaceAll(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
      .trim()
      .slice(0, MOST_NAME)
      // Cut in the middle of a pair.
      .replace(/[\ud800-\udbff]$/, '')
  )
}
