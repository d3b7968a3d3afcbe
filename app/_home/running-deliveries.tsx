'use client'
import { ArrowRight, RadioTower, Sparkles } from 'lucide-react'
import { buttonClass } from '#app/_ui/button-class.ts'
import { Pill } from '#app/_ui/pill.tsx'
import { STATUS_LOOKS } from '#app/_ui/status-looks.ts'
import { placeName, shortName } from '#app/_words/place-name.ts'
import { durationText } from '#app/_words/times.ts'
import { useLanguage, useSay } from '#app/_words/use-language.tsx'
import type { CreateDeliveryAnswer } from '#contracts/http.ts'
import { RefreshButton } from './refresh-button.tsx'
import { sideBySidePath } from './side-by-side-path.ts'
import { WORDS } from './words.ts'

/** This demo's deliveries that have not ended; null while the database is away. */
export function RunningDeliveries({
  deliveries,
  nowMs,
}: {
  deliveries: CreateDeliveryAnswer[] | null
  /** The server's clock when it made the list. */
  nowMs: number
}) {
  const say = useSay()
  return (
    <section aria-labelledby="running-title" className="mt-14">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 id="running-title" className="text-xl font-bold tracking-tight">
          {say(WORDS.running)}
        </h2>
        <div className="flex flex-wrap justify-end gap-2">
          <a href="/dispatch#evening" className={buttonClass('quiet')}>
            <Sparkles className="size-4" aria-hidden="true" />
            <span>{say(WORDS.evening)}</span>
          </a>
          <a href="/dispatch" className={buttonClass('quiet')}>
            <RadioTower className="size-4" aria-hidden="true" />
            <span>{say(WORDS.board)}</span>
          </a>
          <RefreshButton />
        </div>
      </div>
      {deliveries === null || deliveries.length === 0 ? (
        <p className="mt-3 text-muted">{say(deliveries ? WORDS.none : WORDS.notListed)}</p>
      ) : (
        <ul data-testid="running" className="mt-4 grid grid-cols-[minmax(0,1fr)] gap-3 md:grid-cols-2">
          {deliveries.map((each) => (
            <Running key={each.delivery.id} started={each} nowMs={nowMs} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Running({ started, nowMs }: { started: CreateDeliveryAnswer; nowMs: number }) {
  const { delivery, rider, customer } = started
  const { say, language } = useLanguage()
  const { tone, label } = STATUS_LOOKS[delivery.status]
  return (
    <li className="rounded-3xl border border-line bg-surface p-5" data-delivery={delivery.id}>
      <div className="flex flex-wrap items-start justify-between gap-x-3 gap-y-1">
        <p className="min-w-0 font-semibold">{placeName(delivery.store.name, language)}</p>
        <Pill tone={tone}>{say(label)}</Pill>
      </div>
      <p className="mt-1 text-body text-muted">
        <ArrowRight className="mr-1.5 inline size-4" aria-label={say(WORDS.to)} />
        <span>{shortName(delivery.destination.name, language)}</span>
        <span aria-hidden="true"> · </span>
        <span data-testid="running-for">
          {say(WORDS.since, { time: durationText(nowMs - delivery.createdAtMs) })}
        </span>
      </p>
      <p className="mt-3 flex flex-wrap gap-x-5 text-body font-semibold">
        <OpenLink href={sideBySidePath(started)}>{say(WORDS.sideBySide)}</OpenLink>
        <OpenLink href={rider.url}>{say(WORDS.rider)}</OpenLink>
        <OpenLink href={customer.url}>{say(WORDS.customer)}</OpenLink>
      </p>
    </li>
  )
}

function OpenLink({ href, children }: { href: string; children: string }) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer"
      className="inline-flex min-h-11 items-center rounded-lg underline decoration-line decoration-2 underline-offset-4 hover:decoration-current"
    >
      {children}
    </a>
  )
}
