import { cookies, headers } from 'next/headers'
import { chooseLanguage, LANGUAGE_COOKIE } from './choose-language.ts'
import { type FurtherWords, type Language, loadWords } from './language.ts'
import { type Say, speak } from './speak.ts'

/** The language of the request that a page is made for. */
export async function pageLanguage(): Promise<{ language: Language; words: FurtherWords; say: Say }> {
  const [chosen, asked] = [await cookies(), await headers()]
  const language = chooseLanguage(chosen.get(LANGUAGE_COOKIE)?.value, asked.get('accept-language'))
  const words = await loadWords(language)
  return { ...speak(language, words), words }
}
