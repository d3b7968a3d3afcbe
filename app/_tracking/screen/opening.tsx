'use client'
import { FirstLookBox } from '#app/_ui/first-look-box.tsx'
import { LanguageSwitch } from '#app/_ui/language-switch.tsx'
import { Logo } from '#app/_ui/logo.tsx'
import { useSay } from '#app/_words/use-language.tsx'
import type { Connection } from '../state/tracking-state.ts'
import { CONNECTION_WORDS } from './delivery-words.ts'
import { WORDS } from './words.ts'

/** Shown until the first snapshot. */
export function Opening({ connection }: { connection: Connection }) {
  const say = useSay()
  return (
    <main
      data-testid="track-opening"
      data-connection={connection}
      className="flex h-dvh flex-col items-center justify-center gap-5 px-6 text-center"
    >
      <Logo />
      <FirstLookBox />
      <p role="status" className="text-muted">
        {say(CONNECTION_WORDS[connection] ?? WORDS.opening)}
      </p>
      <span aria-hidden="true" className="h-1 w-40 overflow-hidden rounded-full bg-line">
        <span className="block h-full w-1/2 animate-pulse rounded-full bg-accent" />
      </span>
      <LanguageSwitch />
    </main>
  )
}
