'use client'
import { Crosshair, House, Store } from 'lucide-react'
import { useRef, useState } from 'react'
import type { Tiles } from '#app/_map/background.tsx'
import { PickMap } from '#app/_map/pick-map.tsx'
import { Button } from '#app/_ui/button.tsx'
import { useSay } from '#app/_words/use-language.tsx'
import type { LatLng, Place } from '#contracts/place.ts'
import { useDispatcher } from '../dispatcher.tsx'
import { WORDS } from '../words.ts'
import { AddressSearch } from './address-search.tsx'

const PLACES = ['store', 'destination'] as const
export type PlaceKind = (typeof PLACES)[number]
export type Picked = Record<PlaceKind, LatLng | null>

type Props = {
  tiles: Tiles
  first: LatLng
  picked: Picked
  names: Record<PlaceKind, string>
  /** `place`: the one that was found by its address. */
  onPicked: (picked: Picked, kind: PlaceKind, place?: Place) => void
}

/** A click for the shop, a click for the door; another one moves the place that is chosen. */
export function PickPlaces({ tiles, first, picked, names, onPicked }: Props) {
  const say = useSay()
  const [chosen, setChosen] = useState<PlaceKind>('store')
  const { geocoder } = useDispatcher()
  const [view, setView] = useState(first)
  const middle = useRef<(() => void) | null>(null)

  function pick(at: LatLng, place?: Place) {
    const next = { ...picked, [chosen]: at }
    onPicked(next, chosen, place)
    // To the one that is still missing.
    setChosen(PLACES.find((place) => !next[place]) ?? chosen)
  }
  const placeOf = (kind: PlaceKind): Place | null => {
    const at = picked[kind]
    const usual = say(kind === 'store' ? WORDS.shop : WORDS.door)
    return at && { name: names[kind] || usual, lat: at[0], lng: at[1] }
  }

  const isReady = picked.store !== null && picked.destination !== null
  return (
    <div className="grid min-w-0 content-start gap-3">
      <p role="status" className="font-semibold">
        {say(isReady ? WORDS.bothSet : picked.store ? WORDS.askDoor : WORDS.askStore)}
      </p>
      <div className="pick-map h-[38dvh] min-h-56 overflow-hidden rounded-2xl border border-line lg:h-[56dvh]">
        <PickMap
          label={say(WORDS.pickMap)}
          tiles={tiles}
          at={view}
          store={placeOf('store')}
          destination={placeOf('destination')}
          onPick={(at) => pick(at)}
          middle={middle}
        />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <fieldset className="flex min-w-0 gap-1 rounded-xl bg-sunken p-1">
          <legend className="sr-only">{say(WORDS.nextClick)}</legend>
          {PLACES.map((place) => (
            <label
              key={place}
              className="flex min-h-9 cursor-pointer items-center gap-1.5 rounded-lg px-3 text-sm font-semibold text-muted has-checked:bg-raised has-checked:text-ink has-checked:shadow-sm has-focus-visible:outline-3 has-focus-visible:outline-focus"
            >
              <input
                type="radio"
                name="place"
                value={place}
                checked={chosen === place}
                onChange={() => setChosen(place)}
                className="sr-only"
              />
              {place === 'store' ? (
                <Store className="size-4" aria-hidden="true" />
              ) : (
                <House className="size-4" aria-hidden="true" />
              )}
              <span>{say(place === 'store' ? WORDS.shop : WORDS.door)}</span>
            </label>
          ))}
        </fieldset>
        <Button onClick={() => middle.current?.()}>
          <Crosshair className="size-4" aria-hidden="true" />
          <span>{say(WORDS.atMiddle)}</span>
        </Button>
      </div>
      {geocoder && (
        <AddressSearch
          label={say(chosen === 'store' ? WORDS.findStore : WORDS.findDoor)}
          onFound={(place) => {
            setView([place.lat, place.lng])
            pick([place.lat, place.lng], place)
          }}
        />
      )}
      <p className="hidden text-note text-muted sm:block">{say(WORDS.pickKeys)}</p>
    </div>
  )
}
