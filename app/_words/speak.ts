import { type FurtherWords, type Holes, LANGUAGES, type Language, type Text, translate } from './language.ts'

/** Says a text; what it leaves open must be handed over, by name. */
export type Say = <const T extends Text>(
  text: T,
  ...values: [Holes<T['en' | 'ko']>] extends [never] ? [] : [Record<Holes<T['en' | 'ko']>, string | number>]
) => string

export type Speaker = { language: Language; locale: string; say: Say }

export function speak(language: Language, words: FurtherWords = {}): Speaker {
  return {
    language,
    locale: LANGUAGES[language].locale,
    say: (text, ...[values]) => translate(text, language, words, values),
  }
}
