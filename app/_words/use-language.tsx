'use client'
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { LANGUAGE_COOKIE } from './choose-language.ts'
import { type FurtherWords, type Language, loadWords } from './language.ts'
import { type Say, type Speaker, speak } from './speak.ts'

const YEAR_S = 365 * 24 * 3_600

type Speaking = Speaker & { choose(language: Language): Promise<void> }
const SpeakingContext = createContext<Speaking>({ ...speak('en'), choose: async () => {} })

type Props = { language: Language; words: FurtherWords; children: ReactNode }

/** The language of the page: first the one that the server chose, then whatever is chosen by hand, which a cookie keeps. */
export function LanguageProvider({ language, words, children }: Props) {
  const [spoken, setSpoken] = useState({ language, words })
  const speaking = useMemo(
    () => ({
      ...speak(spoken.language, spoken.words),
      async choose(next: Language) {
        // biome-ignore lint/suspicious/noDocumentCookie: CookieStore is missing on plain http and in older browsers.
        document.cookie = `${LANGUAGE_COOKIE}=${next}; path=/; max-age=${YEAR_S}; samesite=lax`
        setSpoken({ language: next, words: await loadWords(next) })
        document.documentElement.lang = next
      },
    }),
    [spoken],
  )
  return <SpeakingContext value={speaking}>{children}</SpeakingContext>
}

export const useLanguage = (): Speaking => useContext(SpeakingContext)

export const useSay = (): Say => useLanguage().say
