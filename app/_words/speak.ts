import {
  type FurtherWords,
  type Holes,
  LANGUAGES,
  type Language,
  type Text,
  translate,
  type Values,
} from './language.ts'

/** What a text leaves open, which whoever says it must hand over. */
type Open<T extends Text> = T extends { values: Values } ? never : Holes<T['en' | 'ko']>

export type Say = <const T extends Text>(
  text: T,
  ...values: [Open<T>] extends [never] ? [] : [{ readonly [Name in Open<T>]: Values[string] }]
) => string

export type Speaker = { language: Language; locale: string; say: Say }

export function speak(language: Language, words: FurtherWords = {}): Speaker {
  return {
    language,
    locale: LANGUAGES[language].locale,
    say: (text, ...[values]) => translate(text, language, words, values),
  }
}
