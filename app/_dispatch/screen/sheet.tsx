'use client'
import { Phone, Play, X } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Tiles } from '#app/_map/background.tsx'
import { Button } from '#app/_ui/button.tsx'
import { buttonClass } from '#app/_ui/button-class.ts'
import { placeName, shortName } from '#app/_words/place-name.ts'
import { dayClockWords } from '#app/_words/times.ts'
import { useLanguage } from '#app/_words/use-language.tsx'
import type { BoardDelivery, OpenedDelivery } from '#contracts/dispatch.ts'
import { lastSignMs, type Ranked } from '#domain/attention.ts'
import { isEnded } from '#domain/lifecycle.ts'
import { tellRide } from '#domain/ride-story.ts'
import { readRide } from '../state/replay.ts'
import { attentionWords, etaWords, heardWords, STATUS_WORDS, WORDS } from '../words.ts'
import { CancelForm } from './cancel-form.tsx'
import { LinkCards } from './link-cards.tsx'
import { NeedSign, signOf } from './need-sign.tsx'
import { Replay } from './replay.tsx'
import { SaveRide } from './save-ride.tsx'
import { Story } from './story.tsx'
import { ToldShop } from './told-shop.tsx'
import type { Opened } from './use-opened.ts'

type Props = {
  /** undefined: it is not running any more. */
  chosen: Ranked<BoardDelivery> | undefined
  /** As it ended, once that is known. */
  ended: BoardDelivery | undefined
  opened: Opened
  nowMs: number
  tiles: Tiles
  onClose: () => void
}

/** All of one delivery: beside the list on a wide screen, over it on a phone. */
export function Sheet({ chosen, ended, opened, nowMs, tiles, onClose }: Props) {
  const { say, language } = useLanguage()
  const heading = useRef<HTMLHeadingElement>(null)
  const last = useRef(chosen)
  if (chosen) last.current = chosen
  else if (ended) last.current = { delivery: ended, attention: null }
  const name = last.current ? shortName(last.current.delivery.destination.name, language) : say(WORDS.order)
  // The focus goes to what was opened, and back when it is closed.
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])

  return (
    <aside
      aria-label={name}
      data-testid="sheet"
      className="absolute inset-0 z-[1100] overflow-y-auto bg-surface md:inset-auto md:top-3 md:right-3 md:bottom-3 md:w-[380px] md:rounded-3xl md:border md:border-line md:shadow-float"
    >
      <div className="sticky top-0 z-10 flex items-start gap-3 border-b border-line bg-surface p-4 pb-3">
        {last.current && (
          <NeedSign
            look={signOf(last.current.delivery, chosen?.attention ?? null)}
            className="mt-0.5 size-9"
          />
        )}
        <h2
          ref={heading}
          tabIndex={-1}
          className="min-w-0 flex-1 self-center text-lg leading-snug font-bold tracking-tight outline-none"
        >
          {name}
        </h2>
        <button
          type="button"
          aria-label={say(WORDS.close)}
          onClick={onClose}
          className="-mt-1 -mr-1 grid size-11 shrink-0 place-items-center rounded-xl text-muted hover:bg-sunken hover:text-ink"
        >
          <X className="size-5" aria-hidden="true" />
        </button>
      </div>
      <div className="grid gap-6 p-4 pb-8">
        {chosen === undefined && (
          <p role="status" className="rounded-2xl bg-sunken px-4 py-3 text-body font-medium">
            {say(WORDS.ended)}
          </p>
        )}
        {last.current && <Facts {...last.current} nowMs={nowMs} />}
        {opened.value && <People {...opened.value} />}
        {last.current && (
          <Ride delivery={last.current.delivery} opened={opened} nowMs={nowMs} tiles={tiles} />
        )}
        {last.current && (
          <ToldShop deliveryId={last.current.delivery.id} status={last.current.delivery.status} />
        )}
        {last.current && <SaveRide deliveryId={last.current.delivery.id} />}
        {chosen && opened.value && (
          <>
            <LinkCards deliveryId={chosen.delivery.id} known={opened.value.links} link={opened.link} />
            <CancelForm deliveryId={chosen.delivery.id} link={opened.link} />
          </>
        )}
      </div>
    </aside>
  )
}

function Facts({ delivery, attention, nowMs }: Ranked<BoardDelivery> & { nowMs: number }) {
  const speaker = useLanguage()
  const { say, language } = speaker
  const { status, statusAtMs, rider, store, destination, eta, lastLocation, promisedAtMs, reason } = delivery
  const heard = lastLocation ? say(heardWords(nowMs - lastSignMs(delivery))) : say(WORDS.never)
  const facts: [string, string][] = [
    [say(WORDS.from), placeName(store.name, language)],
    [say(WORDS.to), placeName(destination.name, language)],
    ...(eta ? [[say(WORDS.arrives), etaWords(eta, speaker)] as [string, string]] : []),
    ...(promisedAtMs === undefined
      ? []
      : [[say(WORDS.promised), dayClockWords(promisedAtMs, nowMs, speaker)] as [string, string]]),
    isEnded(status)
      ? [say(WORDS.endedAt), dayClockWords(statusAtMs, nowMs, speaker)]
      : [say(WORDS.lastHeard), heard],
    ...(reason === undefined ? [] : [[say(WORDS.reason), reason] as [string, string]]),
    [say(WORDS.order), delivery.externalId ?? delivery.id],
  ]
  return (
    <section className="grid gap-3">
      <p className="text-lead font-semibold">{shortName(rider.name, language) || say(WORDS.noRider)}</p>
      <p
        className={`rounded-2xl px-4 py-3 text-body font-semibold ${attention ? 'bg-danger-soft text-danger-soft-ink' : 'bg-accent-soft text-accent-soft-ink'}`}
      >
        {say(attention ? attentionWords(attention) : STATUS_WORDS[status])}
      </p>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-body">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="text-right font-medium wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

type RideProps = { delivery: BoardDelivery; opened: Opened; nowMs: number; tiles: Tiles }

function Ride({ delivery, opened, nowMs, tiles }: RideProps) {
  const say = useLanguage().say
  const [isReplayed, setReplayed] = useState(false)
  const { lastLocation } = delivery
  const { value, locations } = opened
  const chapters = useMemo(() => {
    if (!value || !locations) return null
    // What has come since the ride was loaded.
    const isNew = lastLocation && !locations.some(({ seq }) => seq === lastLocation.seq)
    const all = isNew ? [...locations, lastLocation] : locations
    return tellRide({ ...delivery, ...value, locations: all }, nowMs)
  }, [delivery, value, locations, lastLocation, nowMs])
  const isOver = isEnded(delivery.status)
  const ride = useMemo(() => (isOver && locations ? readRide(locations) : null), [isOver, locations])
  return (
    <>
      <Story chapters={chapters} nowMs={nowMs} failed={opened.failed} onRetry={opened.retry} />
      {isOver && locations && !ride && <p className="text-body text-muted">{say(WORDS.noRide)}</p>}
      {ride && (
        <Button look="primary" onClick={() => setReplayed(true)}>
          <Play className="size-4" aria-hidden="true" />
          <span>{say(WORDS.replay)}</span>
        </Button>
      )}
      {isReplayed && ride && value && chapters && (
        <Replay
          delivery={delivery}
          route={value.route}
          ride={ride}
          chapters={chapters}
          tiles={tiles}
          onClose={() => setReplayed(false)}
        />
      )}
    </>
  )
}

/** Who belongs to the delivery, and how they are reached. */
function People({ phones = {}, note, customer }: OpenedDelivery) {
  const { say, language } = useLanguage()
  const calls = (['rider', 'customer', 'store'] as const).flatMap((who) => {
    const number = phones[who]
    return number === undefined ? [] : [{ who, number }]
  })
  if (calls.length === 0 && note === undefined && customer === undefined) return null
  return (
    <section className="grid gap-3 text-body">
      {customer && (
        <p className="flex justify-between gap-4">
          <span className="text-muted">{say(WORDS.customer)}</span>
          <span className="font-medium">{shortName(customer.name, language)}</span>
        </p>
      )}
      {note !== undefined && (
        <p className="rounded-2xl bg-warn-soft px-4 py-3 whitespace-pre-line text-warn-soft-ink">{note}</p>
      )}
      {calls.map(({ who, number }) => (
        <a key={who} href={`tel:${number.replaceAll(/[^+0-9]/g, '')}`} className={buttonClass('quiet')}>
          <Phone className="size-4" aria-hidden="true" />
          <span>{say(CALLS[who])}</span>
          <span className="font-normal text-muted tabular-nums">{number}</span>
        </a>
      ))}
    </section>
  )
}

const CALLS = { rider: WORDS.callRider, customer: WORDS.callCustomer, store: WORDS.callStore }
