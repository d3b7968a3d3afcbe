'use client'
import { FirstLookBox } from '#app/_ui/first-look-box.tsx'
import { LanguageSwitch } from '#app/_ui/language-switch.tsx'
import { Logo } from '#app/_ui/logo.tsx'
import { useSay } from '#app/_words/use-language.tsx'
import { WORDS } from './words.ts'

/** Shown until the delivery is there. */
export function Opening({ offline }: { offline: boolean }) {
  const say = useSay()
  return (
    <main className="flex h-dvh flex-col items-center justify-center gap-5 px-6 text-center">
      <Logo />
      <FirstLookBox />
      <p role="status" className="text-muted">
        {say(offline ? WORDS.away : WORDS.opening)}
      </p>
      <LanguageSwitch />
    </main>
  )
}
