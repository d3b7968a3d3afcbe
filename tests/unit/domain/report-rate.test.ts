import { expect, it } from 'vitest'
import { nextReportMsSchema } from '#contracts/location.ts'
import { LIVE_UNDER_MS } from '#domain/freshness.ts'
import { nextReportMs, OFTEN_MS, SELDOM_MS, type Watched } from '#domain/report-rate.ts'

const destination = { name: 'Door', lat: 37.5, lng: 127 }
const at = (metres: number) => ({
  lat: 37.5,
  lng: 127 - metres / (111_195 * Math.cos((37.5 * Math.PI) / 180)),
})
const FAR = at(2_000)
const EACH: Watched[] = ['yes', 'no', 'unknown']

it.each([
  ['accepted', FAR, [SELDOM_MS, SELDOM_MS, SELDOM_MS]],
  ['accepted', at(10), [SELDOM_MS, SELDOM_MS, SELDOM_MS]],
  ['picked_up', null, [OFTEN_MS, SELDOM_MS, undefined]],
  ['picked_up', FAR, [OFTEN_MS, SELDOM_MS, undefined]],
  ['picked_up', at(510), [OFTEN_MS, SELDOM_MS, undefined]],
  ['picked_up', at(490), [OFTEN_MS, OFTEN_MS, OFTEN_MS]],
  ['arriving', at(100), [OFTEN_MS, OFTEN_MS, OFTEN_MS]],
  ['delivered', at(10), [undefined, undefined, undefined]],
  ['cancelled', FAR, [undefined, undefined, undefined]],
] as const)('[API10] %s at %o: watched, not watched, not known', (status, newest, expected) => {
  expect(EACH.map((watched) => nextReportMs({ status, destination }, newest, watched))).toEqual(expected)
})

it('[API10] near is near to the north and across the 180th meridian as well', () => {
  const door = { name: 'Door', lat: -17, lng: 179.999 }
  const rate = (lat: number, lng: number) =>
    nextReportMs({ status: 'picked_up', destination: door }, { lat, lng }, 'no')
  expect([rate(-17.004, 179.999), rate(-17.005, 179.999)]).toEqual([OFTEN_MS, SELDOM_MS])
  expect([rate(-17, -179.998), rate(-17, -179.99)]).toEqual([OFTEN_MS, SELDOM_MS])
})

it('[API10] both rates fit the wire, and who opens the page between two seldom reports finds the last one live', () => {
  expect([OFTEN_MS, SELDOM_MS].map((ms) => nextReportMsSchema.safeParse(ms).success)).toEqual([true, true])
  // A slow mobile network takes some seconds.
  expect(LIVE_UNDER_MS - SELDOM_MS).toBeGreaterThanOrEqual(5_000)
})
