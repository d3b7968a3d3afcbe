/*
 * The words of the pages. English is plain; Korean is written as its delivery apps write it (해요체, short, the reader is
 * spoken to), not translated. One word for one thing:
 *
 *   rider 라이더 (님 after a name: 한서준님이, right after any letter) · customer 고객 · dispatch 배차 · order 주문
 *   store 가게 · door 문 앞 (where the rider stands) / 도착지 (on the map) · delivery 배달 · pick-up 픽업
 *   position 위치 · way 길, 경로 · arrival 도착 예정 · link 링크 · PIN 확인 번호 · report (of a position) 위치 전송
 *   /inside and /docs are read by engineers and keep their terms: topic 토픽, partition 파티션, offset 오프셋, lag 랙.
 */

/** One text in the two languages that every text has. `{name}` is filled in from `values`, or where it is said. */
export type Text = { readonly en: string; readonly ko: string; readonly values?: Values }

export type Values = { readonly [name: string]: string | number | Text }

/** The texts of a further language, by the English one (docs/languages.md). */
export type FurtherWords = Readonly<Record<string, string>>

type Described = {
  /** As its own speakers call it. */
  name: string
  /** BCP 47, for numbers, dates and times. */
  locale: string
  /** Where the words of a language other than English and Korean are. */
  load?: () => Promise<FurtherWords>
}

/** One line a language. The first one is for readers of none of them. */
export const LANGUAGES = {
  en: { name: 'English', locale: 'en-GB' },
  ko: { name: '한국어', locale: 'ko-KR' },
} as const satisfies Record<string, Described>

export type Language = keyof typeof LANGUAGES
export const languages = Object.keys(LANGUAGES) as Language[]

export const isLanguage = (value: unknown): value is Language => languages.includes(value as Language)

export async function loadWords(language: Language): Promise<FurtherWords> {
  const { load }: Described = LANGUAGES[language]
  return load ? await load() : {}
}

/** What is filled in, of an English or Korean text. */
export type Holes<Words extends string> = Words extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Holes<Rest>
  : never

/** The text in this language, English where a further language lacks it, with its holes filled. */
export function translate(text: Text, language: string, words: FurtherWords, values?: Values): string {
  const template = language === 'en' || language === 'ko' ? text[language] : (words[text.en] ?? text.en)
  return template.replaceAll(/\{(\w+)\}/g, (hole, name: string) => {
    const value = values?.[name] ?? text.values?.[name] ?? hole
    return typeof value === 'object' ? translate(value, language, words) : String(value)
  })
}
