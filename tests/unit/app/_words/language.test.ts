import { describe, expect, it } from 'vitest'
import { chooseLanguage } from '#app/_words/choose-language.ts'
import { translate } from '#app/_words/language.ts'
import { placeName, shortName } from '#app/_words/place-name.ts'
import { problemWords } from '#app/_words/problem-words.ts'
import { speak } from '#app/_words/speak.ts'
import {
  clockRangeWords,
  clockWords,
  dateClockWords,
  dayClockWords,
  durationWords,
} from '#app/_words/times.ts'
import { problemCodeSchema } from '#contracts/problem.ts'
import { listTexts } from '../../../../scripts/list-texts.mjs'

const [english, korean] = [speak('en'), speak('ko')]
const at = (hour: number, minute: number, day = 3) => new Date(2026, 1, day, hour, minute).getTime()

describe('the language of a page', () => {
  it.each([
    ['a Korean browser', undefined, 'ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7', 'ko'],
    ['the weightier one, wherever it stands', undefined, 'en;q=0.5, KO;q=0.8', 'ko'],
    ['the first of those that there are', undefined, 'de-DE, fr;q=0.9, ko;q=0.2', 'ko'],
    ['one that is refused', undefined, 'ko;q=0, fr', 'en'],
    ['none of them', undefined, 'de', 'en'],
    ['anything', undefined, '*', 'en'],
    ['garbage', undefined, ';;q=,, ko;q=x', 'en'],
    ['nothing', undefined, null, 'en'],
    ['what was chosen by hand', 'ko', 'en-GB', 'ko'],
    ['a choice that is none', '<script>', 'ko', 'ko'],
  ] as const)('[WORD1] %s', (_, chosen, asked, language) => {
    expect(chooseLanguage(chosen, asked)).toBe(language)
  })

  it('[WORD2] times and lengths of time are written as the language writes them', () => {
    expect(clockWords(at(19, 42), english)).toBe('7:42 pm')
    expect(clockWords(at(19, 42), korean)).toBe('오후 7:42')
    expect(clockWords(at(0, 3), korean)).toBe('오전 12:03')
    expect(clockRangeWords(at(19, 42), at(19, 46), english)).toBe('7:42 – 7:46 pm')
    expect(clockRangeWords(at(11, 58), at(12, 3), korean)).toBe('오전 11:58 ~ 오후 12:03')
    expect(dayClockWords(at(19, 42), at(9, 0), korean)).toBe('오후 7:42')
    expect(dateClockWords(at(19, 42, 4), korean)).toBe('2월 4일 오후 7:42')
    expect(dayClockWords(at(19, 42, 4), at(9, 0), english)).toBe('4 Feb, 7:42 pm')
    expect(dayClockWords(at(19, 42, 4), at(9, 0), korean)).toBe('2월 4일 오후 7:42')
    expect([42_900, 185_000, 7_300_000, 400_000_000].map((ms) => durationWords(ms, korean.say))).toEqual([
      '42초',
      '3분',
      '2시간',
      '4일',
    ])
  })

  it('[WORD3] a name in two scripts has the reader’s first, and it alone in a sentence', () => {
    expect(placeName('Bom Bakery · 봄 베이커리', 'ko')).toBe('봄 베이커리 · Bom Bakery')
    expect(placeName('봄 베이커리 · Bom Bakery', 'en')).toBe('Bom Bakery · 봄 베이커리')
    expect(shortName('Bom Bakery · 봄 베이커리', 'ko')).toBe('봄 베이커리')
    for (const name of ['Curry 36', 'A · B', '가 · 나', 'A · 나 · B', ''])
      expect([placeName(name, 'ko'), shortName(name, 'ko')]).toEqual([name, name])
  })

  it('[WORD4] every problem has words of its own language; what is not known has a general sentence', () => {
    const said = problemCodeSchema.options.map((code) => problemWords({ code, status: 400 }))
    for (const { en, ko } of said) {
      expect(en).toMatch(/^[A-Z].*[.]$/)
      expect(ko).toMatch(/[가-힣].*요[.]$/)
    }
    const [unknown, away] = [
      problemWords({ code: null, status: 502 }),
      problemWords({ code: null, status: null }),
    ]
    expect(unknown).not.toEqual(away)
    expect(said).not.toContainEqual(unknown)
  })

  it('[WORD5] a further language is a table by the English text; what it lacks is said in English', () => {
    // Of a feature, of a shared part, of the wire's documents.
    expect(listTexts()).toEqual(
      expect.arrayContaining(['Start ride', 'in {from}–{to} min', 'Re-centre', 'The API']),
    )
    expect(listTexts().length).toBeGreaterThan(700)
    const text = { en: 'in {n} min', ko: '{n}분 후' }
    expect(translate(text, 'ja', { 'in {n} min': '{n}分後' }, { n: 4 })).toBe('4分後')
    expect(translate(text, 'ja', {}, { n: 4 })).toBe('in 4 min')
    const nested = { ...text, values: { n: { en: 'ten', ko: '십' } } }
    expect(translate(nested, 'ja', { 'in {n} min': '{n}分後', ten: '十' })).toBe('十分後')
  })
})
