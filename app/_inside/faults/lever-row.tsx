'use client'
import type { ReactNode } from 'react'
import { Button } from '#app/_ui/button.tsx'
import type { Text } from '#app/_words/language.ts'
import { useSay } from '#app/_words/use-language.tsx'
import { LEVER_MS, type Lever } from '#contracts/inside/faults.ts'
import { LEVER_WORDS } from './lever-words.ts'

type Props = {
  lever: Lever
  /** Remaining time while the lever is active; null otherwise. */
  endsInMs: number | null
  /** Why it cannot be used now. */
  missing: Text | null
  onPull(): void
  onUndo(): void
  /** What must happen before it can be used again. */
  instead?: { words: Text; act(): void }
  /** A choice to make before it is used. */
  children: ReactNode
}

/** One lever: its text, its choice and its button; while active, the remaining time. */
export function LeverRow({ lever, endsInMs, missing, onPull, onUndo, instead, children }: Props) {
  const say = useSay()
  const { icon: Icon, title, hint } = LEVER_WORDS[lever]
  const isPulled = endsInMs !== null
  return (
    <li
      data-testid={`lever-${lever}`}
      data-pulled={isPulled}
      className={`relative flex min-h-14 items-center gap-3 overflow-hidden rounded-2xl px-2 ${isPulled ? 'bg-warn-soft text-warn-soft-ink' : ''}`}
    >
      <Icon className={`size-5 shrink-0 ${isPulled ? '' : 'text-muted'}`} aria-hidden="true" />
      <span className="min-w-0 flex-1 py-1.5 leading-tight">
        <span className="block text-body font-semibold">{say(title)}</span>
        <span className={`block text-note ${isPulled ? '' : 'text-muted'}`}>
          {isPulled
            ? say({
                en: '{seconds} s to go',
                ko: '{seconds}초 남음',
                values: { seconds: Math.ceil(endsInMs / 1_000) },
              })
            : say(missing ?? hint)}
        </span>
      </span>
      {!isPulled && !instead && <span className="contents">{children}</span>}
      {isPulled ? (
        <Button className="min-w-20" onClick={onUndo}>
          {say({ en: 'Undo', ko: '되돌리기' })}
        </Button>
      ) : instead ? (
        <Button look="accent" className="min-w-20" onClick={instead.act}>
          {say(instead.words)}
        </Button>
      ) : (
        <Button look="danger" className="min-w-20" onClick={onPull} disabled={missing !== null}>
          {say({ en: 'Pull', ko: '당기기' })}
        </Button>
      )}
      {isPulled && (
        <span
          aria-hidden="true"
          className="absolute bottom-0 left-0 h-1 w-full origin-left bg-current opacity-50 transition-transform duration-500 ease-linear"
          style={{ transform: `scaleX(${Math.min(1, endsInMs / LEVER_MS)})` }}
        />
      )}
    </li>
  )
}
