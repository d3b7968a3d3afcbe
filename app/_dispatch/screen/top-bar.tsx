'use client'
import { List, Map as MapIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { LanguageSwitch } from '#app/_ui/language-switch.tsx'
import { Logo } from '#app/_ui/logo.tsx'
import { Pill, type PillTone } from '#app/_ui/pill.tsx'
import type { Text } from '#app/_words/language.ts'
import { useSay } from '#app/_words/use-language.tsx'
import type { BoardConnection } from '../state/board-store.ts'
import { WORDS } from '../words.ts'

export type View = 'list' | 'map'

const CONNECTIONS: Record<BoardConnection, { tone: PillTone; words: Text }> = {
  connected: { tone: 'accent', words: WORDS.connected },
  connecting: { tone: 'warn', words: WORDS.connecting },
  full: { tone: 'warn', words: WORDS.full },
  refused: { tone: 'danger', words: WORDS.tokenWrong },
}

type Props = {
  connection: BoardConnection
  /** A receiver of webhooks is switched off. */
  receiversOff: boolean
  view: View
  onView: (view: View) => void
  /** What a dispatcher can do here, before the language. */
  children: ReactNode
}

export function TopBar({ connection, receiversOff, view, onView, children }: Props) {
  const say = useSay()
  const { tone, words } = CONNECTIONS[connection]
  return (
    <header className="flex min-h-14 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-surface px-3 py-1.5 sm:px-5">
      <Logo />
      <h1 className="hidden text-body font-semibold text-muted sm:block">{say(WORDS.board)}</h1>
      <span role="status">
        <Pill tone={tone} dot>
          {say(words)}
        </Pill>
      </span>
      {receiversOff && (
        <Pill tone="danger" dot testId="receivers-off">
          {say(WORDS.hooksOff)}
        </Pill>
      )}
      <div className="ml-auto flex items-center gap-2">
        <fieldset className="flex gap-1 rounded-xl bg-sunken p-1 md:hidden">
          <legend className="sr-only">{say(WORDS.show)}</legend>
          {(['list', 'map'] as const).map((each) => (
            <label
              key={each}
              className="flex min-h-9 cursor-pointer items-center gap-1.5 rounded-lg px-2.5 text-sm font-semibold text-muted has-checked:bg-raised has-checked:text-ink has-checked:shadow-sm has-focus-visible:outline-3 has-focus-visible:outline-focus"
            >
              <input
                type="radio"
                name="view"
                value={each}
                checked={view === each}
                onChange={() => onView(each)}
                className="sr-only"
              />
              {each === 'list' ? (
                <List className="size-4" aria-hidden="true" />
              ) : (
                <MapIcon className="size-4" aria-hidden="true" />
              )}
              <span>{say(WORDS[each])}</span>
            </label>
          ))}
        </fieldset>
        {children}
        <LanguageSwitch />
      </div>
    </header>
  )
}
