import type { Language, Text } from './language.ts'
import type { Say, Speaker } from './speak.ts'

/** Whoever says a time: the language, and its locale. */
type Locale = Pick<Speaker, 'language' | 'locale'>

const CLOCK = { hour: 'numeric', minute: '2-digit', hourCycle: 'h12' } as const
const DAY = { month: 'short', day: 'numeric' } as const
/** CLDR 48 abbreviates them to AM and PM, which a Korean reader does not expect. */
const KOREAN_DAY_PERIODS: Partial<Record<string, string>> = { AM: '오전', PM: '오후' }

/** Made once: making one takes longer than to write a hundred times with it. */
const made = new Map<string, Intl.DateTimeFormat>()

function formatOf(
  { locale }: Locale,
  name: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${locale} ${name}`
  const format = made.get(key) ?? new Intl.DateTimeFormat(locale, options)
  made.set(key, format)
  return format
}

/** The time of day in the reader's zone: 7:42 pm, 오후 7:42. */
export function clockWords(atMs: number, locale: Locale): string {
  return join(formatOf(locale, 'clock', CLOCK).formatToParts(atMs), locale.language)
}

/** A span of the day: 7:42 – 7:46 pm, 오후 7:42~7:46. */
export function clockRangeWords(fromMs: number, toMs: number, locale: Locale): string {
  return join(formatOf(locale, 'clock', CLOCK).formatRangeToParts(fromMs, toMs), locale.language)
}

/** The time of day, with the date unless it is today. */
export function dayClockWords(atMs: number, nowMs: number, locale: Locale): string {
  if (new Date(atMs).toDateString() === new Date(nowMs).toDateString()) return clockWords(atMs, locale)
  return dateClockWords(atMs, locale)
}

/** The date and the time of day, today as well: 4 Feb, 7:42 pm, 2월 4일 오후 7:42. */
export function dateClockWords(atMs: number, locale: Locale): string {
  return join(formatOf(locale, 'day', { ...DAY, ...CLOCK }).formatToParts(atMs), locale.language)
}

/** To the second and in 24 hours, for lists of events: 19:42:05. */
export function secondWords(atMs: number): string {
  return new Date(atMs).toLocaleTimeString('en-GB')
}

function join(parts: readonly { type: string; value: string }[], language: Language): string {
  return parts
    .map(({ type, value }) =>
      language === 'ko' && type === 'dayPeriod' ? (KOREAN_DAY_PERIODS[value] ?? value) : value,
    )
    .join('')
    .replaceAll(/[\u2009\u202f]/g, ' ')
}

const SPANS = {
  seconds: { en: '{n} s', ko: '{n}초' },
  minutes: { en: '{n} min', ko: '{n}분' },
  hours: { en: '{n} h', ko: '{n}시간' },
  days: { en: '{n} days', ko: '{n}일' },
} as const satisfies Record<string, Text>

/** A length of time in the largest unit that fits, whole units only: 42 s, 3 min, 30 h, 4 days. */
export function durationText(ms: number): Text {
  const seconds = Math.max(0, Math.floor(ms / 1_000))
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(minutes / 60)
  if (seconds < 60) return { ...SPANS.seconds, values: { n: seconds } }
  if (minutes < 60) return { ...SPANS.minutes, values: { n: minutes } }
  return hours < 48
    ? { ...SPANS.hours, values: { n: hours } }
    : { ...SPANS.days, values: { n: Math.floor(hours / 24) } }
}

export const durationWords = (ms: number, say: Say): string => say(durationText(ms))

const PROMISED = { en: 'Promised for {time}', ko: '{time} 도착 약속' } as const satisfies Text

/** When an order was promised. */
export function promiseWords(promisedAtMs: number, nowMs: number, speaker: Speaker): string {
  return speaker.say(PROMISED, { time: dayClockWords(promisedAtMs, nowMs, speaker) })
}
