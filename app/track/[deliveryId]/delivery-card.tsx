import { Check, X } from 'lucide-react'
import type { Delivery, DeliveryStatus } from '#contracts/delivery.ts'
import { isEnded } from '#domain/lifecycle.ts'
import { Steps } from '../../_ui/steps.tsx'
import { ConnectionLine } from './connection-line.tsx'
import { Places } from './places.tsx'
import { riderFreshness } from './rider-freshness.ts'
import { RiderLine } from './rider-line.tsx'
import type { TrackingState } from './tracking-state.ts'
import { clockWords, etaWords, headline } from './words.ts'

/** A sheet at the bottom of a phone, a card at the side of anything wider. */
export function DeliveryCard({ state }: { state: TrackingState & { delivery: Delivery } }) {
  const { title, detail } = headline(state)
  const { delivery } = state
  return (
    <section
      aria-label="Delivery"
      className="relative z-[1001] -mt-5 max-h-[60dvh] shrink-0 overflow-y-auto rounded-t-3xl bg-surface px-5 pt-5 pb-[max(1.25rem,env(safe-area-inset-bottom))] shadow-float md:absolute md:top-6 md:left-6 md:mt-0 md:max-h-[calc(100dvh-3rem)] md:w-[400px] md:rounded-3xl md:p-6"
    >
      <ConnectionLine state={state} />
      <EndMark status={delivery.status} />
      <div role="status">
        <h1 className="text-[22px] leading-tight font-bold tracking-tight text-balance">{title}</h1>
        <p className="mt-1 text-[15px] text-pretty text-muted">{detail}</p>
      </div>
      <Arrival state={state} />
      {delivery.status !== 'cancelled' && <Steps status={delivery.status} />}
      {state.phase === 'live' && <RiderLine state={state} />}
      <Places store={delivery.store} destination={delivery.destination} />
      {state.phase === 'ended' && (
        <p className="mt-4 text-sm text-muted">The rider’s location is no longer shared.</p>
      )}
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

function Arrival({ state }: { state: TrackingState & { delivery: Delivery } }) {
  if (state.phase === 'ended')
    return (
      <p data-testid="ended-at" className="mt-3 text-3xl font-bold tracking-tight tabular-nums">
        {clockWords(state.delivery.statusAtMs)}
      </p>
    )
  if (state.phase !== 'live' || !state.eta) return null
  const { clock, left, sure } = etaWords(state.eta, state.nowMs, riderFreshness(state))
  return (
    <p data-testid="eta" className="mt-3 flex flex-wrap items-baseline gap-x-3">
      <span
        className={`text-[34px] leading-tight font-bold tracking-tight tabular-nums ${sure ? '' : 'text-muted'}`}
      >
        {clock}
      </span>
      <span
        className={`text-[17px] font-medium tabular-nums ${sure ? 'text-accent-soft-ink' : 'text-muted'}`}
      >
        {left}
      </span>
    </p>
  )
}
