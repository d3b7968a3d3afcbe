import { distanceWords } from '#app/_words/distances.ts'
import { shortName } from '#app/_words/place-name.ts'
import { useLanguage } from '#app/_words/use-language.tsx'
import type { Delivery } from '#contracts/delivery.ts'
import { isAtPlace } from '#domain/at-place.ts'
import { distanceM } from '#domain/geometry.ts'
import { isEnded } from '#domain/lifecycle.ts'
import { progressAlongRoute } from '#domain/route.ts'
import { wayToGoM } from '#domain/way-to-go.ts'
import type { RiderState } from '../ride/rider-state.ts'
import { WORDS } from './words.ts'

type Where = NonNullable<RiderState['position']>
type Props = { delivery: Delivery; state: Pick<RiderState, 'status' | 'position' | 'arrivalMs' | 'nowMs'> }

/** Where the rider has to go next, in the largest letters of the page, and how far it is. */
export function NextStop({ delivery, state: { status, position, arrivalMs, nowMs } }: Props) {
  const speaker = useLanguage()
  const { say, language } = speaker
  const { store, destination } = delivery
  const toStore = status === 'accepted'
  const names = { store: shortName(store.name, language), destination: shortName(destination.name, language) }
  if (isEnded(status))
    return (
      <div>
        <h1 className="text-[1.375rem] leading-tight font-bold tracking-tight">{say(WORDS.over)}</h1>
        <p className="mt-1 text-[0.9375rem] text-muted">{say(WORDS.fromTo, names)}</p>
      </div>
    )
  const leftM = position && metresLeft(delivery, toStore, position)
  const minutes = toStore ? null : minutesLeft(arrivalMs, nowMs)
  const isThere = position !== null && isAtPlace(position, toStore ? store : destination)
  return (
    <div data-testid="next-stop">
      <p className="text-sm font-semibold text-accent-soft-ink">
        <span>{say(toStore ? WORDS.pickUpAt : WORDS.deliverTo)}</span>
      </p>
      <h1 className="mt-0.5 text-[1.625rem] leading-tight font-bold tracking-tight break-words">
        {toStore ? names.store : names.destination}
      </h1>
      <p className="mt-1 flex flex-wrap gap-x-2 text-[0.9375rem] text-muted">
        {leftM !== null && (
          <span data-testid="distance-left" className="font-semibold text-ink tabular-nums">
            {isThere ? say(WORDS.here) : say(WORDS.left, { distance: distanceWords(leftM, speaker) })}
          </span>
        )}
        {minutes !== null && (
          <span data-testid="minutes-left" className="font-semibold text-ink tabular-nums">
            {say(WORDS.minutes, { n: minutes })}
          </span>
        )}
        <span>{toStore ? say(WORDS.thenTo, names) : say(WORDS.from, names)}</span>
      </p>
    </div>
  )
}

/** To the store as the crow flies, because no way there is planned; to the door as the arrival counts it. */
function metresLeft(delivery: Delivery, toStore: boolean, { at, accuracyM }: Where): number {
  const { store, destination, route } = delivery
  if (toStore) return distanceM(at, [store.lat, store.lng])
  if (route.length < 2) return distanceM(at, [destination.lat, destination.lng])
  return wayToGoM(delivery, { at, accuracyM }, progressAlongRoute(route, at))
}

/** Until the middle of what the customer is shown, whole minutes and never none; null while there is no arrival. */
export function minutesLeft(arrivalMs: number | null, nowMs: number): number | null {
  return arrivalMs === null ? null : Math.max(1, Math.round((arrivalMs - nowMs) / 60_000))
}
