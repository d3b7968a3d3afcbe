'use client'
import { ChevronLeft, ChevronRight, Maximize } from 'lucide-react'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import type { Tiles } from '#app/_map/background.tsx'
import type { FleetRider } from '#app/_map/fleet-canvas.ts'
import { type Fleet, FleetLayer } from '#app/_map/fleet-layer.tsx'
import { MapFrame } from '#app/_map/map-frame.tsx'
import { PlaceMarker } from '#app/_map/place-marker.tsx'
import { RideLayer } from '#app/_map/ride-layer.tsx'
import type { Language } from '#app/_words/language.ts'
import { shortName } from '#app/_words/place-name.ts'
import { useLanguage } from '#app/_words/use-language.tsx'
import type { BoardDelivery } from '#contracts/dispatch.ts'
import type { LatLng } from '#contracts/place.ts'
import type { Ranked } from '#domain/attention.ts'
import { FILTER_WORDS, NEED_WORDS, WORDS } from '../words.ts'
import { lookOf, NeedSign } from './need-sign.tsx'
import type { Opened } from './use-opened.ts'

/** Where a map opens before it knows where the riders are: the demo's city. */
const FIRST_CENTRE: LatLng = [37.5065, 127.0405]
const NO_TRAIL: LatLng[] = []
/** What the sheet covers of the map: see sheet.tsx. */
const SHEET_PX = 392

type Props = {
  ranked: readonly Ranked<BoardDelivery>[]
  selected: string | null
  /** The one that is selected: also one that has ended, which no rider is shown of. */
  chosen: BoardDelivery | undefined
  opened: Opened
  tiles: Tiles
  onSelect: (id: string) => void
}

export function BoardMap({ ranked, selected, chosen, opened, tiles, onSelect }: Props) {
  const { language, say } = useLanguage()
  const fleet = useRef<Fleet>(null)
  const riders = useMemo(() => ranked.map((each) => toRider(each, language)), [ranked, language])
  const [centre] = useState<LatLng>(() => riders[0]?.at ?? FIRST_CENTRE)

  function step(by: number) {
    const inView = fleet.current?.inView() ?? []
    if (inView.length === 0) return
    const at = selected === null ? (by > 0 ? -1 : 0) : inView.indexOf(selected)
    const next = inView[(at + by + inView.length) % inView.length]
    if (next !== undefined) onSelect(next)
  }

  return (
    <>
      <MapFrame label={say(WORDS.mapLabel)} center={centre} tiles={tiles}>
        {chosen && opened.value && (
          <>
            <RideLayer route={opened.value.route} rider={null} trail={opened.trail ?? NO_TRAIL} />
            <PlaceMarker kind="store" place={chosen.store} />
            <PlaceMarker kind="home" place={chosen.destination} />
          </>
        )}
        <FleetLayer
          ref={fleet}
          riders={riders}
          selected={selected}
          onSelect={onSelect}
          coveredPx={SHEET_PX}
        />
      </MapFrame>
      <div className="absolute top-3 left-3 z-[1000] flex gap-2">
        <MapButton label={say(WORDS.previousOnMap)} onClick={() => step(-1)}>
          <ChevronLeft className="size-5" aria-hidden="true" />
        </MapButton>
        <MapButton label={say(WORDS.nextOnMap)} onClick={() => step(1)}>
          <ChevronRight className="size-5" aria-hidden="true" />
        </MapButton>
        <MapButton label={say(WORDS.showAll)} onClick={() => fleet.current?.showAll()}>
          <Maximize className="size-5" aria-hidden="true" />
        </MapButton>
      </div>
      <ul
        aria-label={say(WORDS.legend)}
        className="absolute bottom-3 left-3 z-[1000] hidden gap-x-4 gap-y-1 rounded-2xl bg-surface px-4 py-2.5 text-note font-medium shadow-float lg:flex"
      >
        {(['silent', 'late', 'off_way'] as const).map((need) => (
          <li key={need} className="flex items-center gap-1.5">
            <NeedSign look={need} className="size-5" />
            <span>{say(NEED_WORDS[need])}</span>
          </li>
        ))}
        <li className="flex items-center gap-1.5">
          <NeedSign look="riding" className="size-5" />
          <span>{say(FILTER_WORDS.picked_up)}</span>
        </li>
        <li className="flex items-center gap-1.5">
          <NeedSign look="waiting" className="size-5" />
          <span>{say(FILTER_WORDS.accepted)}</span>
        </li>
      </ul>
    </>
  )
}

function MapButton({ label, ...rest }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className="grid size-11 place-items-center rounded-xl bg-surface text-ink shadow-float hover:bg-sunken"
      {...rest}
    />
  )
}

/** One who has not reported yet is shown where the order waits. */
function toRider({ delivery, attention }: Ranked<BoardDelivery>, language: Language): FleetRider {
  const { id, lastLocation, store, rider, destination } = delivery
  return {
    id,
    at: lastLocation ? [lastLocation.lat, lastLocation.lng] : [store.lat, store.lng],
    headingDeg: lastLocation?.headingDeg,
    look: lookOf(delivery, attention),
    label: shortName(rider.name || destination.name, language),
  }
}
