import { Check, X } from 'lucide-react'
import { LanguageSwitch } from '#app/_ui/language-switch.tsx'
import { Steps } from '#app/_ui/steps.tsx'
import { useLanguage } from '#app/_words/use-language.tsx'
import type { Delivery, DeliveryStatus } from '#contracts/delivery.ts'
import { isEnded } from '#domain/lifecycle.ts'
import { shownStatus } from '../state/shown-status.ts'
import type { TrackingState } from '../state/tracking-state.ts'
import { TellMe } from '../telling/tell-me.tsx'
import { Arrival } from './arrival.tsx'
import { ConnectionLine } from './connection-line.tsx'
import { headline } from './delivery-words.ts'
import { PinCard } from './pin-card.tsx'
import { Places } from './places.tsx'
import { RiderLine } from './rider-line.tsx'
import { WORDS } from './words.ts'

/** A sheet at the bottom of a phone, a card at the side of anything wider. */
export function DeliveryCard({ state }: { state: TrackingState & { delivery: Delivery } }) {
  const speaker = useLanguage()
  const { say } = speaker
  const { title, detail } = headline(state, speaker)
  const { delivery } = state
  const status = shownStatus(state)
  return (
    <section
      aria-label={say(WORDS.delivery)}
      className="relative z-[1001] -mt-5 max-h-[60dvh] shrink-0 overflow-y-auto within-screen rounded-t-3xl bg-surface [--room:1.25rem] shadow-float md:absolute md:top-6 md:left-[max(1.5rem,env(safe-area-inset-left))] md:mt-0 md:max-h-[calc(100dvh-3rem)] md:w-[400px] md:rounded-3xl md:p-6"
    >
      <ConnectionLine state={state} />
      <EndMark status={status} />
      <div role="status">
        <h1 className="text-title leading-tight font-bold tracking-tight text-balance">{title}</h1>
        <p className="mt-1 text-body text-pretty text-muted">{detail}</p>
      </div>
      <Arrival state={state} />
      {status !== 'cancelled' && status !== 'failed' && <Steps status={status} />}
      {(state.phase === 'waiting' || state.phase === 'live') && state.pin !== null && (
        <PinCard pin={state.pin} />
      )}
      {state.phase === 'live' && <RiderLine state={state} />}
      <Places
        delivery={delivery}
        shopPhone={'shopPhone' in state ? state.shopPhone : null}
        nowMs={state.nowMs}
      />
      <TellMe state={state} />
      {state.phase === 'ended' && <p className="mt-4 text-sm text-muted">{say(WORDS.noLonger)}</p>}
      <LanguageSwitch className="mt-3 -mb-2 -ml-2.5" />
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
