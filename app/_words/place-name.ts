import type { Language } from './language.ts'

/** What stands between a name in two scripts: “Bom Bakery · 봄 베이커리”. */
const BETWEEN = ' · '
const HANGUL = /\p{Script=Hangul}/u

/** A name with the reader's script first, where it has both; for where the name stands alone. */
export function placeName(name: string, language: Language): string {
  return inBothScripts(name, language)?.join(BETWEEN) ?? name
}

/** A name in the reader's script alone, where it has that; for sentences. */
export function shortName(name: string, language: Language): string {
  return inBothScripts(name, language)?.[0] ?? name
}

/** The reader's script first; null: the name has only one. */
function inBothScripts(name: string, language: Language): [string, string] | null {
  const [first = '', second = '', ...more] = name.split(BETWEEN)
  if (second === '' || more.length > 0 || HANGUL.test(first) === HANGUL.test(second)) return null
  return HANGUL.test(first) === (language === 'ko') ? [first, second] : [second, first]
}
