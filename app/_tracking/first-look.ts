import { type FirstLine, takeFirstLook } from '#app/_ui/first-look.ts'
import { placeName, shortName } from '#app/_words/place-name.ts'
import type { Speaker } from '#app/_words/speak.ts'
import type { Snapshot } from '#contracts/snapshot.ts'
import { isEnded, isVisibleToCustomer } from '#domain/lifecycle.ts'
import { arrivalOf, beforePickUpWords, etaWords } from './screen/arrival-words.ts'
import { headline } from './screen/delivery-words.ts'
import { riderFreshness } from './state/rider-freshness.ts'
import type { Live } from './state/tracking-state.ts'

// Status, range, store and door, as the page's socket would tell them.
takeFirstLook(linesOf)

function linesOf(
  { delivery, lastLocation, eta, lastSeq }: Snapshot,
  nowMs: number,
  speaker: Speaker,
): FirstLine[] {
  const trail = lastLocation ? [lastLocation] : []
  const state: Live = {
    ...{ phase: 'live', connection: 'connected', nowMs, delivery, pin: null, shopPhone: null },
    ...{ held: trail, trail, eta, etaSeq: lastSeq, settledSeq: null },
  }
  const { title, detail } = headline(state, speaker)
  const lines: FirstLine[] = [
    ['h1', 'first-status', 'text-title leading-tight font-bold', title],
    ['p', 'first-detail', 'mt-1 text-body text-pretty text-muted', detail],
  ]
  if (isEnded(delivery.status)) return lines
  const known = arrivalOf(state)
  const range = isVisibleToCustomer(delivery.status)
    ? known && etaWords(known, nowMs, riderFreshness(state), speaker)
    : beforePickUpWords(delivery, nowMs, speaker)
  if (range)
    lines.push(
      ['p', 'first-range', 'mt-3 text-figure leading-tight font-bold tabular-nums', range.clock],
      ['p', 'first-left', 'text-lead font-medium text-muted tabular-nums', range.left],
    )
  const { language } = speaker
  return [
    ...lines,
    ['p', 'first-store', 'mt-3 text-body text-muted', shortName(delivery.store.name, language)],
    ['p', 'first-door', 'mt-1 text-body text-muted', placeName(delivery.destination.name, language)],
  ]
}
