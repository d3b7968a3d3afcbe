'use client'
import { Clock, House, Store } from 'lucide-react'
import { CallLink } from '#app/_ui/call-link.tsx'
import { useSay } from '#app/_ui/language.tsx'
import { promiseWords } from '#app/_words/promise-words.ts'
import type { Delivery } from '#contracts/delivery.ts'

type Props = {
  delivery: Delivery
  /** To be called when something is not right; null when the order has none, or is over. */
  shopPhone: string | null
  nowMs: number
}

export function Places({ delivery: { store, destination, promisedAtMs }, shopPhone, nowMs }: Props) {
  const say = useSay()
  return (
    <dl className="mt-4 grid gap-2.5 border-t border-line pt-4 text-[15px]">
      <div className="flex items-center gap-3">
        <Store className="size-4 shrink-0 text-muted" aria-hidden="true" />
        <dt className="sr-only">From</dt>
        <dd className="flex min-w-0 flex-1 items-center justify-between gap-3">
          <span className="min-w-0 break-words">{store.name}</span>
          {shopPhone !== null && (
            <CallLink
              phone={shopPhone}
              words={say({ en: `Call ${store.name}`, ko: `${store.name}에 전화` })}
              small
            />
          )}
        </dd>
      </div>
      <div className="flex items-center gap-3">
        <House className="size-4 shrink-0 text-muted" aria-hidden="true" />
        <dt className="sr-only">To</dt>
        <dd className="min-w-0 break-words">{destination.name}</dd>
      </div>
      {promisedAtMs !== undefined && (
        <div className="flex items-center gap-3">
          <Clock className="size-4 shrink-0 text-muted" aria-hidden="true" />
          <dt className="sr-only">When</dt>
          <dd data-testid="promise" className="tabular-nums">
            {say(promiseWords(promisedAtMs, nowMs))}
          </dd>
        </div>
      )}
    </dl>
  )
}
