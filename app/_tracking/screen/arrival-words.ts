import type { Text } from '#app/_words/language.ts'
import { shortName } from '#app/_words/place-name.ts'
import type { Speaker } from '#app/_words/speak.ts'
import { clockRangeWords, clockWords } from '#app/_words/times.ts'
import type { Delivery } from '#contracts/delivery.ts'
import type { Eta } from '#contracts/snapshot.ts'
import { arrivalBeforePickUp } from '#domain/arrival-before-pick-up.ts'
import { progressAlongRoute } from '#domain/route.ts'
import type { RiderFreshness } from '../state/rider-freshness.ts'
import { type Live, newestOf } from '../state/tracking-state.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** An estimate farther ahead than this is not credible for a delivery: words are shown instead. */
const LONGEST_RIDE_MS = 24 * HOUR_MS
/** A rider farther than this from the planned route follows another one. */
const FAR_FROM_ROUTE_M = 5_000
/** A position less accurate than this tells little about the remaining way. */
const VAGUE_M = 500
/** More minutes than this are shown as hours. */
const LONGEST_IN_MINUTES = 180

const WORDS = {
  first: {
    en: 'The arrival time comes with the rider’s first position.',
    ko: '라이더의 첫 위치가 확인되면 도착 시간을 알려 드려요.',
  },
  far: {
    en: 'The arrival cannot be told right now: {rider} is far from the planned way.',
    ko: '{rider}님이 예정된 길에서 멀리 있어서 지금은 도착 시간을 알 수 없어요.',
  },
  vague: {
    en: 'The arrival cannot be told right now: the rider’s position is not exact enough.',
    ko: '라이더의 위치가 정확하지 않아서 지금은 도착 시간을 알 수 없어요.',
  },
  general: { en: 'The arrival cannot be told right now.', ko: '지금은 도착 시간을 알 수 없어요.' },
  theRider: { en: 'the rider', ko: '라이더' },
  lastKnown: { en: 'as last known', ko: '마지막 위치 기준' },
  later: { en: 'later than expected', ko: '예상보다 늦어지고 있어요' },
  anyMoment: { en: 'any moment now', ko: '곧 도착해요' },
  within: { en: 'within {n} min', ko: '{n}분 안에' },
  minutes: { en: 'in {n} min', ko: '{n}분 후' },
  hours: { en: 'in {n} h', ko: '{n}시간 후' },
  minutesBetween: { en: 'in {from}–{to} min', ko: '{from}~{to}분 후' },
  promised: { en: 'as promised', ko: '도착 예정' },
  late: { en: 'after pick-up, later than promised', ko: '픽업 후 소요 · 약속보다 늦어지고 있어요' },
  ride: { en: 'after pick-up', ko: '픽업 후 소요' },
  spanMinutes: { en: '{from}–{to} min', ko: '{from}~{to}분' },
  spanHours: { en: '{from}–{to} h', ko: '{from}~{to}시간' },
  hoursBetween: { en: 'in {from}–{to} h', ko: '{from}~{to}시간 후' },
} as const satisfies Record<string, Text>

/** The arrival to show, or null. */
export function arrivalOf({ eta, nowMs }: Live): Eta | null {
  return eta && eta.toMs - nowMs < LONGEST_RIDE_MS ? eta : null
}

/** Why no arrival is shown, as far as the page can tell. */
export function noArrivalWords(state: Live, { say, language }: Speaker): string {
  const newest = newestOf(state)
  if (!newest) return say(WORDS.first)
  const { route, rider } = state.delivery
  if (progressAlongRoute(route, [newest.lat, newest.lng]).offRouteM > FAR_FROM_ROUTE_M)
    return say(WORDS.far, { rider: shortName(rider.name, language) || say(WORDS.theRider) })
  return say((newest.accuracyM ?? 0) > VAGUE_M ? WORDS.vague : WORDS.general)
}

/** The arrival's range as times of day and as minutes from now. An estimate from a lost position is not counted down. */
export function etaWords(
  { fromMs, toMs }: Eta,
  nowMs: number,
  freshness: RiderFreshness,
  speaker: Speaker,
): { clock: string; left: string; sure: boolean } {
  const { say } = speaker
  const earliest = Math.max(0, Math.floor((fromMs - nowMs) / MINUTE_MS))
  const latest = Math.max(0, Math.ceil((toMs - nowMs) / MINUTE_MS))
  const [from, to] = [clockWords(fromMs, speaker), clockWords(toMs, speaker)]
  const clock = from === to ? from : clockRangeWords(fromMs, toMs, speaker)
  if (freshness === 'lost' || freshness === 'unknown')
    return { clock, left: say(WORDS.lastKnown), sure: false }
  if (toMs < nowMs) return { clock, left: say(WORDS.later), sure: false }
  return { clock, left: leftWords(earliest, latest, speaker), sure: true }
}

/** Before the pick-up: the promised span of the day, else how long the ride will take. */
export function beforePickUpWords(
  delivery: Delivery,
  nowMs: number,
  speaker: Speaker,
): { clock: string; left: string } {
  const { say } = speaker
  const { at, ride, isLate } = arrivalBeforePickUp(delivery, nowMs)
  if (at) return { clock: clockRangeWords(at.fromMs, at.toMs, speaker), left: say(WORDS.promised) }
  const [from, to] = [Math.max(1, Math.floor(ride.fromMs / MINUTE_MS)), Math.ceil(ride.toMs / MINUTE_MS)]
  const clock =
    to > LONGEST_IN_MINUTES
      ? say(WORDS.spanHours, { from: Math.floor(from / 60), to: Math.ceil(to / 60) })
      : say(WORDS.spanMinutes, { from, to })
  return { clock, left: say(isLate ? WORDS.late : WORDS.ride) }
}

function leftWords(earliest: number, latest: number, { say }: Speaker): string {
  if (latest <= 1) return say(WORDS.anyMoment)
  if (earliest === 0) return say(WORDS.within, { n: latest })
  const isLong = latest > LONGEST_IN_MINUTES
  const [from, to] = isLong ? [Math.floor(earliest / 60), Math.ceil(latest / 60)] : [earliest, latest]
  if (from === to) return say(isLong ? WORDS.hours : WORDS.minutes, { n: to })
  return say(isLong ? WORDS.hoursBetween : WORDS.minutesBetween, { from, to })
}
