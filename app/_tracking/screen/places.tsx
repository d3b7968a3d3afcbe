'use client'
import { Clock, House, Store } from 'lucide-react'
import { CallLink } from '#app/_ui/call-link.tsx'
import { placeName, shortName } from '#app/_words/place-name.ts'
import { promiseWords } from '#app/_words/times.ts'
import { useLanguage } from '#app/_words/use-language.tsx'
import type { Delivery } from '#contracts/delivery.ts'
import { WORDS } from './words.ts'

type Props = {
  delivery: Delivery
  /** To be called when something is not right; null when the order has none, or is over. */
  shopPhone: string | null
  nowMs: number
}

export function Places({ delivery: { store, destination, promisedAtMs }, shopPhone, nowMs }: Props) {
  const speaker = useLanguage()
  const { say, language } = speaker
  return (
    <dl className="mt-4 grid gap-2.5 border-t border-line pt-4 text-body">
      <div className="flex items-center gap-3">
        <Store className="size-4 shrink-0 text-muted" aria-hidden="true" />
        <dt className="sr-only">{say(WORDS.from)}</dt>
        <dd className="flex min-w-0 flex-1 items-center justify-between gap-3">
          <span className="min-w-0 break-words">{placeName(store.name, language)}</span>
          {shopPhone !== null && (
            <CallLink
              phone={shopPhone}
              words={say(WORDS.call, { name: shortName(store.name, language) })}
              small
            />
          )}
        </dd>
      </div>
      <div className="flex items-center gap-3">
        <House className="size-4 shrink-0 text-muted" aria-hidden="true" />
        <dt className="sr-only">{say(WORDS.to)}</dt>
        <dd className="min-w-0 break-words">{placeName(destination.name, language)}</dd>
      </div>
      {promisedAtMs !== undefined && (
        <div className="flex items-center gap-3">
          <Clock className="size-4 shrink-0 text-muted" aria-hidden="true" />
          <dt className="sr-only">{say(WORDS.when)}</dt>
          <dd data-testid="promise" className="tabular-nums">
            {promiseWords(promisedAtMs, nowMs, speaker)}
          </dd>
        </div>
      )}
    </dl>
  )
}
