'use client'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'

export type Language = 'en' | 'ko'
/** One text in both languages. */
export type Text = Record<Language, string>

const KEPT_AS = 'rider-live.language'
const LanguageContext = createContext<{ language: Language; choose(language: Language): void }>({
  language: 'en',
  choose() {},
})

/** Provides English or Korean to everything below; the choice is kept in the browser. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>('en')
  useEffect(() => {
    const kept = localStorage.getItem(KEPT_AS)
    if (kept === 'ko' || (kept === null && navigator.language.startsWith('ko'))) setLanguage('ko')
  }, [])
  const choose = (next: Language) => {
    localStorage.setItem(KEPT_AS, next)
    setLanguage(next)
  }
  return (
    <LanguageContext value={{ language, choose }}>
      <div lang={language}>{children}</div>
    </LanguageContext>
  )
}

export const useLanguage = () => useContext(LanguageContext)

/** `say(text)`: the text in the language that was chosen. */
export function useSay(): (text: Text) => string {
  const { language } = useLanguage()
  return (text) => text[language]
}
