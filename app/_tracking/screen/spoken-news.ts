import type { Text } from '#app/_words/language.ts'
import type { Speaker } from '#app/_words/speak.ts'
import { arrivalBeforePickUp } from '#domain/arrival-before-pick-up.ts'
import { positionAgeMs, riderFreshness, shownAgeMs } from '../state/rider-freshness.ts'
import { shownStatus } from '../state/shown-status.ts'
import type { TrackingState } from '../state/tracking-state.ts'
import { arrivalOf, beforePickUpWords, etaWords, noArrivalWords } from './arrival-words.ts'
import { CONNECTION_WORDS, headline, refusalWords } from './delivery-words.ts'
import { lastSeenWords, staleWords } from './freshness-words.ts'
import { awayM, type Known, whereaboutsWords } from './whereabouts-words.ts'

/** A range that moved and a rider who came nearer are said no oftener. What turns the case is said at once. */
const PROGRESS_EVERY_MS = 60_000
/** A connection that is back by then was hardly gone. */
const HARDLY_GONE_MS = 3_000
/** A rider who has passed one of these is worth a word. */
const MARKS_M = [200, 500, 1_000, 2_000, 3_000, 5_000, 10_000]

const WORDS = {
  arrival: { en: 'Arrival: {clock}, {left}.', ko: '도착 예정: {clock}, {left}.' },
  ride: { en: 'Arrival: {span} after pick-up.', ko: '픽업 후 {span} 뒤에 도착할 예정이에요.' },
  lateRide: {
    en: 'Arrival: {span} after pick-up, later than promised.',
    ko: '픽업 후 {span} 뒤에 도착할 예정이에요. 약속한 시간보다 늦어지고 있어요.',
  },
  promised: { en: 'Arrival: {span}, as promised.', ko: '약속한 도착 시간: {span}.' },
  times: { en: '{from} to {to}', ko: '{from}에서 {to} 사이' },
  lengths: { en: '{from} to {to}{unit}', ko: '{from}{unit}에서 {to}{unit}' },
  liveAgain: { en: 'The rider’s position is live again.', ko: '라이더의 위치가 다시 실시간으로 보여요.' },
  connected: { en: 'You are connected again.', ko: '다시 연결됐어요.' },
} as const satisfies Record<string, Text>

/** What has been said of each matter, and when. Keys, not words: another language is no news. */
export type Said = {
  matter: string
  freshness: 'live' | 'delayed' | 'lost'
  freshnessAtMs: number
  /** null while the connection works. */
  downSinceMs: number | null
  isDownSaid: boolean
  arrival: string
  progress: string
  progressAtMs: number
}
export const NOTHING_SAID: Said = {
  matter: '',
  freshness: 'live',
  freshnessAtMs: Number.NEGATIVE_INFINITY,
  downSinceMs: null,
  isDownSaid: false,
  arrival: '',
  progress: '',
  progressAtMs: Number.NEGATIVE_INFINITY,
}

/** `turns`: the arrival should be said as well. */
type News = { said: Said; words: string[]; turns?: boolean }

/** What a screen reader says once the state is this; '' when there is nothing new. Pure: `state.nowMs` is the time. */
export function spokenNews(
  before: Said,
  state: TrackingState,
  speaker: Speaker,
): { said: Said; words: string } {
  if (state.phase === 'opening') return { said: before, words: '' }
  if (state.phase === 'refused') {
    const { title, detail } = refusalWords(state.code, state.fault)
    const isNew = before.matter !== 'refused'
    const words = isNew ? [sentence(speaker.say(title)), speaker.say(detail)].join(' ') : ''
    return { said: { ...before, matter: 'refused' }, words }
  }
  let said = before
  let turns = false
  const words: string[] = []
  for (const newsOf of [matterNews, connectionNews, freshnessNews]) {
    const news = newsOf(said, state, speaker)
    said = news.said
    turns ||= news.turns === true
    words.push(...news.words)
  }
  const arrival = arrivalNews(said, state, speaker, turns)
  return { said: arrival.said, words: [...words, ...arrival.words].join(' ') }
}

/** How far the delivery is. */
function matterNews(said: Said, state: Known, speaker: Speaker): News {
  const matter = `${state.delivery.status} ${shownStatus(state)}`
  if (matter === said.matter) return { said, words: [] }
  const { title, detail } = headline(state, speaker)
  return { said: { ...said, matter }, words: [sentence(title), detail], turns: true }
}

/** The customer's own connection: once when it is gone, and once when it is back. */
function connectionNews(said: Said, state: Known, { say }: Speaker): News {
  const { connection, nowMs } = state
  if (connection !== 'offline' && connection !== 'reconnecting') {
    const isBack = said.isDownSaid && connection === 'connected'
    return {
      said: { ...said, downSinceMs: null, isDownSaid: said.isDownSaid && !isBack },
      words: isBack ? [say(WORDS.connected)] : [],
      turns: isBack,
    }
  }
  const downSinceMs = said.downSinceMs ?? nowMs
  const isTold = said.isDownSaid || (connection === 'reconnecting' && nowMs - downSinceMs < HARDLY_GONE_MS)
  const words = CONNECTION_WORDS[connection]
  if (isTold || !words) return { said: { ...said, downSinceMs }, words: [] }
  const seen = lastSeenWords(shownAgeMs(state), say)
  return { said: { ...said, downSinceMs, isDownSaid: true }, words: [sentence(say(words)), seen ?? ''] }
}

/** The rider's position: late, lost, and back again. Late ones come and go: at most one a minute is said. */
function freshnessNews(said: Said, state: Known, { say }: Speaker): News {
  const freshness = riderFreshness(state)
  const ageMs = positionAgeMs(state)
  if (ageMs === null || freshness === 'unknown' || freshness === 'none' || freshness === said.freshness)
    return { said, words: [] }
  const { nowMs } = state
  if (
    freshness === 'delayed' &&
    (said.freshness === 'lost' || nowMs - said.freshnessAtMs < PROGRESS_EVERY_MS)
  )
    return { said, words: [] }
  const words = freshness === 'live' ? say(WORDS.liveAgain) : staleWords(freshness, ageMs, say)
  return {
    said: { ...said, freshness, freshnessAtMs: nowMs },
    words: [words ?? ''],
    turns: freshness === 'live',
  }
}

function arrivalNews(said: Said, state: Known, speaker: Speaker, turns: boolean): News {
  const { kind, progress, words } = arrivalNow(state, speaker)
  if (words.length === 0) return { said, words }
  const isDue = progress !== said.progress && state.nowMs - said.progressAtMs >= PROGRESS_EVERY_MS
  if (!turns && kind === said.arrival && !isDue) return { said, words: [] }
  return { said: { ...said, arrival: kind, progress, progressAtMs: state.nowMs }, words }
}

/** `kind` turns at once; `progress` moves on and may wait. Without words there is nothing that could be said. */
function arrivalNow(state: Known, speaker: Speaker): { kind: string; progress: string; words: string[] } {
  const silent = { kind: '', progress: '', words: [] }
  if (state.phase === 'ended') return silent
  if (state.phase === 'waiting') {
    const span = withoutDash(beforePickUpWords(state.delivery, state.nowMs, speaker).clock, speaker)
    const { at, isLate } = arrivalBeforePickUp(state.delivery, state.nowMs)
    return {
      kind: isLate ? 'late before pick-up' : 'before pick-up',
      progress: '',
      words: [speaker.say(at ? WORDS.promised : isLate ? WORDS.lateRide : WORDS.ride, { span })],
    }
  }
  if (state.phase !== 'live') return silent
  const freshness = riderFreshness(state)
  const eta = arrivalOf(state)
  if (!eta) return { kind: 'none', progress: '', words: [noArrivalWords(state, speaker)] }
  const { clock, left, sure } = etaWords(eta, state.nowMs, freshness, speaker)
  if (freshness === 'lost' || freshness === 'unknown') return silent
  const metres = awayM(state) ?? 0
  return {
    kind: sure ? 'range' : 'late',
    progress: `${clock} ${MARKS_M.findIndex((mark) => metres <= mark)}`,
    words: [rangeWords(clock, left, speaker), sentence(whereaboutsWords(state, speaker))],
  }
}

function rangeWords(clock: string, left: string, speaker: Speaker): string {
  return speaker.say(WORDS.arrival, { clock: withoutDash(clock, speaker), left: withoutDash(left, speaker) })
}

/** Screen readers leave dashes out: “4–8 min” would be read as forty-eight. */
function withoutDash(span: string, { say }: Speaker): string {
  const words = span.replaceAll(/(\d+)[–~](\d+)(\s?\p{L}+)/gu, (_, from: string, to: string, unit: string) =>
    say(WORDS.lengths, { from, to, unit }),
  )
  const [from = '', to] = words.split(/\s?[–~]\s?/)
  return to === undefined ? words : say(WORDS.times, { from, to })
}

const sentence = (words: string) => (/[.!?…]$/.test(words) ? words : `${words}.`)
