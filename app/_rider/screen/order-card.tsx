'use client'
import { Clock, StickyNote, User } from 'lucide-react'
import type { ReactNode } from 'react'
import { CallLink } from '#app/_ui/call-link.tsx'
import { type Text, useSay } from '#app/_ui/language.tsx'
import { promiseWords } from '#app/_words/promise-words.ts'
import type { Snapshot } from '#contracts/snapshot.ts'

const THE_ORDER: Text = { en: 'The order', ko: '주문' }
const THE_CUSTOMER: Text = { en: 'the customer', ko: '고객' }
const call = (name: Text): Text => ({ en: `Call ${name.en}`, ko: `${name.ko}에 전화` })
const same = (name: string): Text => ({ en: name, ko: name })

/** What the rider has to know of the order beside its way: whom to ask for, when, the note, and whom to call. */
export function OrderCard({ snapshot }: { snapshot: Snapshot }) {
  const say = useSay()
  const { delivery, customer, note, phones = {} } = snapshot
  const { promisedAtMs, store } = delivery
  const hasCalls = phones.customer !== undefined || phones.store !== undefined
  if (!customer && note === undefined && promisedAtMs === undefined && !hasCalls) return null
  return (
    <section aria-label={say(THE_ORDER)} data-testid="order-card" className="rounded-2xl bg-sunken p-4">
      <div className="grid gap-2.5 text-[15px]">
        {customer && (
          <Line icon={<User className="size-4" aria-hidden="true" />}>
            <span className="font-semibold">{customer.name}</span>
          </Line>
        )}
        {promisedAtMs !== undefined && (
          <Line icon={<Clock className="size-4" aria-hidden="true" />}>
            <span className="tabular-nums">{say(promiseWords(promisedAtMs, Date.now()))}</span>
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
        <div className="mt-3.5 grid gap-2 sm:grid-cols-2">
          {phones.customer !== undefined && (
            <CallLink
              phone={phones.customer}
              words={say(call(customer ? same(customer.name) : THE_CUSTOMER))}
            />
          )}
          {phones.store !== undefined && (
            <CallLink phone={phones.store} words={say(call(same(store.name)))} />
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
