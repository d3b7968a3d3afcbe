'use client'
import { Clock, StickyNote, User } from 'lucide-react'
import type { ReactNode } from 'react'
import { CallLink } from '#app/_ui/call-link.tsx'
import { shortName } from '#app/_words/place-name.ts'
import { promiseWords } from '#app/_words/times.ts'
import { useLanguage } from '#app/_words/use-language.tsx'
import type { Snapshot } from '#contracts/snapshot.ts'
import { WORDS } from './words.ts'

/** What the rider has to know of the order beside its way: whom to ask for, when, the note, and whom to call. */
export function OrderCard({ snapshot }: { snapshot: Snapshot }) {
  const speaker = useLanguage()
  const { say, language } = speaker
  const { delivery, customer, note, phones = {} } = snapshot
  const { promisedAtMs, store } = delivery
  const hasCalls = phones.customer !== undefined || phones.store !== undefined
  if (!customer && note === undefined && promisedAtMs === undefined && !hasCalls) return null
  return (
    <section aria-label={say(WORDS.order)} data-testid="order-card" className="rounded-2xl bg-sunken p-4">
      <div className="grid gap-2.5 text-body">
        {customer && (
          <Line icon={<User className="size-4" aria-hidden="true" />}>
            <span className="font-semibold">{shortName(customer.name, language)}</span>
          </Line>
        )}
        {promisedAtMs !== undefined && (
          <Line icon={<Clock className="size-4" aria-hidden="true" />}>
            <span className="tabular-nums">{promiseWords(promisedAtMs, Date.now(), speaker)}</span>
          </Line>
        )}
        {note !== undefined && (
          <Line icon={<StickyNote className="size-4" aria-hidden="true" />}>
            <span data-testid="note" className="whitespace-pre-line">
              {note}
            </span>
          </Line>
        )}
      </div>
      {hasCalls && (
        <div className="mt-3.5 grid gap-2">
          {phones.customer !== undefined && (
            <CallLink
              phone={phones.customer}
              words={say(WORDS.call, {
                name: customer ? shortName(customer.name, language) : say(WORDS.theCustomer),
              })}
            />
          )}
          {phones.store !== undefined && (
            <CallLink
              phone={phones.store}
              words={say(WORDS.callStore, { name: shortName(store.name, language) })}
            />
          )}
        </div>
      )}
    </section>
  )
}

function Line({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <p className="flex gap-3">
      <span className="mt-1 shrink-0 text-muted">{icon}</span>
      <span className="min-w-0 break-words">{children}</span>
    </p>
  )
}
