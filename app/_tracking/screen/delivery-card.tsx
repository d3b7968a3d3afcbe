import { Check, X } from 'lucide-react'
import { type Ref, useId } from 'react'
import { LanguageSwitch } from '#app/_ui/language-switch.tsx'
import { Steps } from '#app/_ui/steps.tsx'
import { useLanguage } from '#app/_words/use-language.tsx'
import type { DeliveryStatus } from '#contracts/delivery.ts'
import { isEnded } from '#domain/lifecycle.ts'
import { shownStatus } from '../state/shown-status.ts'
import { TellMe } from '../telling/tell-me.tsx'
import { Arrival } from './arrival.tsx'
import { ConnectionLine } from './connection-line.tsx'
import { headline } from './delivery-words.ts'
import { PinCard } from './pin-card.tsx'
import { Places } from './places.tsx'
import { RiderLine, StaleLine } from './rider-line.tsx'
import { SheetHandle } from './sheet-handle.tsx'
import { Whereabouts } from './whereabouts.tsx'
import type { Known } from './whereabouts-words.ts'
import { WORDS } from './words.ts'

type Props = {
  state: Known
  ref: Ref<HTMLElement>
  /** Folded it says only how far the delivery is, when it arrives and what keeps it, and leaves the room to the map. */
  isOpen: boolean
  onFold: (isOpen: boolean) => void
}

/** A sheet at the bottom of a phone, a card at the side of anything wider. */
export function DeliveryCard({ state, ref, isOpen, onFold }: Props) {
  const speaker = useLanguage()
  const { say } = speaker
  const { title, detail } = headline(state, speaker)
  const detailsId = useId()
  const status = shownStatus(state)
  return (
    <section
      ref={ref}
      aria-label={say(WORDS.delivery)}
      className={`relative z-[1001] -mt-5 max-h-[60dvh] shrink-0 overflow-y-auto within-screen rounded-t-3xl bg-surface pt-0 shadow-float md:absolute md:top-6 md:left-[max(1.5rem,env(safe-area-inset-left))] md:mt-0 md:max-h-[calc(100dvh-3rem)] md:w-[min(25rem,45vw)] md:rounded-3xl md:p-6 ${isOpen ? '[--room:1.25rem]' : '[--room:1rem]'}`}
    >
      <SheetHandle isOpen={isOpen} onChange={onFold} controls={detailsId} />
      <ConnectionLine state={state} />
      {isOpen && <EndMark status={status} />}
      <h1
        className={`leading-tight font-bold tracking-tight text-balance md:pr-10 ${isOpen ? 'text-title' : 'text-lead'}`}
      >
        {title}
      </h1>
      {isOpen && <p className="mt-1 text-body text-pretty text-muted">{detail}</p>}
      <Arrival state={state} isSmall={!isOpen} />
      {!isOpen && state.phase === 'live' && <StaleLine state={state} />}
      <div id={detailsId} hidden={!isOpen}>
        <Whereabouts state={state} />
        {status !== 'cancelled' && status !== 'failed' && <Steps status={status} />}
        {(state.phase === 'waiting' || state.phase === 'live') && state.pin !== null && (
          <PinCard pin={state.pin} />
        )}
        {state.phase === 'live' && <RiderLine state={state} />}
        <Places
          delivery={state.delivery}
          shopPhone={'shopPhone' in state ? state.shopPhone : null}
          nowMs={state.nowMs}
        />
        <TellMe state={state} />
        {state.phase === 'ended' && <p className="mt-4 text-sm text-muted">{say(WORDS.noLonger)}</p>}
        <LanguageSwitch className="mt-3 -mb-2 -ml-2.5" />
      </div>
    </section>
  )
}

function EndMark({ status }: { status: DeliveryStatus }) {
  if (!isEnded(status)) return null
  const [Icon, look] =
    status === 'delivered' ? [Check, 'bg-accent text-accent-ink'] : [X, 'bg-danger-soft text-danger-soft-ink']
  return (
    <span className={`mb-3 grid size-12 place-items-center rounded-full ${look}`}>
      <Icon className="size-6" strokeWidth={3} aria-hidden="true" />
    </span>
  )
}
