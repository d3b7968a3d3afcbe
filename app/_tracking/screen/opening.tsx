'use client'
import { useLayoutEffect, useRef } from 'react'
import { LanguageSwitch } from '#app/_ui/language-switch.tsx'
import { Logo } from '#app/_ui/logo.tsx'
import { useSay } from '#app/_words/use-language.tsx'
import type { Connection } from '../state/tracking-state.ts'
import { CONNECTION_WORDS } from './delivery-words.ts'
import { WORDS } from './words.ts'

/** One object: another one at each render would empty the element. */
const NOT_REACTS = { __html: '' }

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
      <FirstLook />
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

/** What the small script in the HTML has found out (first-look.ts), again after React has put another element there. */
function FirstLook() {
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => window.firstLook?.(box.current), [])
  return (
    // biome-ignore lint/security/noDangerouslySetInnerHtml: always empty
    <div id="first-look" ref={box} suppressHydrationWarning dangerouslySetInnerHTML={NOT_REACTS} />
  )
}
