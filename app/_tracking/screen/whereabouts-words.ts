import { distanceWords } from '#app/_words/distances.ts'
import type { Text } from '#app/_words/language.ts'
import { shortName } from '#app/_words/place-name.ts'
import type { Speaker } from '#app/_words/speak.ts'
import type { Delivery } from '#contracts/delivery.ts'
import type { LatLng } from '#contracts/place.ts'
import { bearingDeg, distanceM } from '#domain/geometry.ts'
import { routeLengthM } from '#domain/route.ts'
import { riderFreshness } from '../state/rider-freshness.ts'
import { type Live, newestOf, type TrackingState } from '../state/tracking-state.ts'

/** Nearer than this a side of the sky tells nothing. */
const AT_THE_DOOR_M = 50
/** Two positions closer than this do not tell where the rider is heading. */
const MOVED_M = 40

const WORDS = {
  planned: {
    en: 'The map shows the way from {store} to {destination}: {distance}.',
    ko: '지도에 {store}에서 {destination}까지 가는 길이 표시돼요. 거리는 {distance}예요.',
  },
  places: {
    en: 'The map shows {store} and {destination}.',
    ko: '지도에 가게 {store}, 도착지 {destination} 위치가 표시돼요.',
  },
  coming: { en: '{distance} away, coming from the {side}', ko: '{side} {distance} 거리에서 오고 있어요' },
  away: { en: '{distance} away, to the {side}', ko: '{side} {distance} 거리에 있어요' },
  lastSeen: {
    en: 'Last seen {distance} away, to the {side}',
    ko: '마지막 위치는 {side} {distance} 거리예요',
  },
  near: { en: 'Within {distance} of your door', ko: '문 앞 {distance} 이내에 있어요' },
  lastNear: {
    en: 'Last seen within {distance} of your door',
    ko: '마지막 위치는 문 앞 {distance} 이내예요',
  },
} as const satisfies Record<string, Text>

/** Clockwise from north. */
const SIDES = [
  { en: 'north', ko: '북쪽' },
  { en: 'north-east', ko: '북동쪽' },
  { en: 'east', ko: '동쪽' },
  { en: 'south-east', ko: '남동쪽' },
  { en: 'south', ko: '남쪽' },
  { en: 'south-west', ko: '남서쪽' },
  { en: 'west', ko: '서쪽' },
  { en: 'north-west', ko: '북서쪽' },
] as const satisfies readonly Text[]

export type Known = TrackingState & { delivery: Delivery }

/** What the map shows, in words: where the rider is as seen from the door, else the way or the places. */
export function whereaboutsWords(state: Known, speaker: Speaker): string {
  const { store, destination, route } = state.delivery
  if (newestOf(state) && state.phase === 'live') return riderWords(state, speaker)
  const { say, language } = speaker
  const names = { store: shortName(store.name, language), destination: shortName(destination.name, language) }
  if (state.phase === 'ended') return say(WORDS.places, names)
  return say(WORDS.planned, { ...names, distance: distanceWords(routeLengthM(route), speaker) })
}

/** How far the rider is from the door as the crow flies; null without a position. */
export function awayM(state: TrackingState): number | null {
  const newest = newestOf(state)
  if (!newest || state.phase !== 'live') return null
  return distanceM([newest.lat, newest.lng], doorOf(state))
}

function riderWords(state: Live, speaker: Speaker): string {
  const { say } = speaker
  const newest = newestOf(state)
  const metres = awayM(state)
  if (!newest || metres === null) return ''
  const freshness = riderFreshness(state)
  const isOld = freshness === 'lost' || freshness === 'unknown'
  const accuracyM = newest.accuracyM ?? 0
  if (metres <= Math.max(AT_THE_DOOR_M, accuracyM)) {
    const distance = distanceWords(Math.max(AT_THE_DOOR_M, metres + accuracyM), speaker)
    return say(isOld ? WORDS.lastNear : WORDS.near, { distance })
  }
  const turnsDeg = bearingDeg(doorOf(state), [newest.lat, newest.lng])
  const side = SIDES[Math.round(turnsDeg / (360 / SIDES.length)) % SIDES.length] ?? SIDES[0]
  const words = isOld ? WORDS.lastSeen : isComing(state, metres) ? WORDS.coming : WORDS.away
  return say(words, { distance: distanceWords(metres, speaker), side })
}

/** Whether the rider's last real movement led towards the door. */
function isComing({ trail, ...state }: Live, metres: number): boolean {
  const newest = trail.at(-1)
  const before = newest && trail.findLast((each) => distanceM(at(each), at(newest)) >= MOVED_M)
  return !before || distanceM(at(before), doorOf(state)) > metres
}

const at = ({ lat, lng }: { lat: number; lng: number }): LatLng => [lat, lng]
const doorOf = ({ delivery }: Pick<Live, 'delivery'>): LatLng => at(delivery.destination)
