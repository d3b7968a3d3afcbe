'use client'
import { LANGUAGES, languages } from '#app/_words/language.ts'
import { useLanguage } from '#app/_words/use-language.tsx'

/** The other languages, each as its speakers call it; small, on every page. */
export function LanguageSwitch({ className = '' }: { className?: string }) {
  const { language, choose } = useLanguage()
  return (
    <div className={`flex shrink-0 gap-1 ${className}`}>
      {languages
        .filter((other) => other !== language)
        .map((other) => (
          <button
            key={other}
            type="button"
            lang={other}
            onClick={() => choose(other)}
            className="min-h-11 min-w-11 rounded-lg px-2.5 text-sm font-medium text-muted hover:text-ink hover:underline"
          >
            {LANGUAGES[other].name}
          </button>
        ))}
    </div>
  )
}
