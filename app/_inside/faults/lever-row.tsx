'use client'
import type { ReactNode } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { LEVER_MS, type Lever } from '#contracts/inside/faults.ts'
import { type Text, useSay } from '../language.tsx'
import { LEVER_WORDS } from './lever-words.ts'

type Props = {
  lever: Lever
  /** How long it stays pulled; null while it is not. */
  endsInMs: number | null
  /** Why it cannot be pulled. */
  missing: Text | null
  onPull(): void
  onUndo(): void
  /** What is due before it can be pulled again. */
  instead?: { words: Text; act(): void }
  /** What to choose before it is pulled. */
  children: ReactNode
}

/** One lever: what it does, its choice, and the button; while it is pulled, how long still. */
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
        <span className="block text-[15px] font-semibold">{say(title)}</span>
        <span className={`block text-[13px] ${isPulled ? '' : 'text-muted'}`}>
          {isPulled
            ? say({
                en: `${Math.ceil(endsInMs / 1_000)} s to go`,
                ko: `${Math.ceil(endsInMs / 1_000)}초 남음`,
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
