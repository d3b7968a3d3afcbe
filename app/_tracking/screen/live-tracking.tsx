'use client'
import dynamic from 'next/dynamic'
import { useEffect, useRef } from 'react'
import type { Tiles } from '#app/_map/background.tsx'
import { useTracking } from '../receiving/use-tracking.ts'
import { riderFreshness } from '../state/rider-freshness.ts'
import { newestOf, type TrackingState } from '../state/tracking-state.ts'
import { Announcer } from './announcer.tsx'
import { DeliveryCard } from './delivery-card.tsx'
import { Opening } from './opening.tsx'
import { Refused } from './refused.tsx'
import { useSheet } from './use-sheet.ts'
import type { Known } from './whereabouts-words.ts'

const TrackMap = dynamic(() => import('./track-map.tsx').then((module) => module.TrackMap), { ssr: false })

/** The customer's page once there is a token: the map, and a card that says in words what the map shows. */
export function LiveTracking({
  deliveryId,
  token,
  tiles,
}: {
  deliveryId: string
  token: string
  tiles: Tiles
}) {
  const state = useTracking(deliveryId, token, { keeps: true, follows: true })
  // While the socket connects; where that fails the map is asked for again when it is shown.
  useEffect(() => void import('./track-map.tsx').catch(() => {}), [])
  return (
    <>
      <Announcer state={state} />
      <Screen state={state} tiles={tiles} />
    </>
  )
}

function Screen({ state, tiles }: { state: TrackingState; tiles: Tiles }) {
  if (state.phase === 'refused') return <Refused code={state.code} fault={state.fault} />
  if (state.phase === 'opening') return <Opening connection={state.connection} />
  return <MapAndSheet state={state} tiles={tiles} />
}

function MapAndSheet({ state, tiles }: { state: Known; tiles: Tiles }) {
  const sheet = useRef<HTMLElement>(null)
  const { isOpen, setOpen } = useSheet()
  return (
    <main
      data-testid="track-page"
      data-phase={state.phase}
      data-status={state.delivery.status}
      data-connection={state.connection}
      data-freshness={riderFreshness(state)}
      data-seq={newestOf(state)?.seq ?? 0}
      data-points={state.phase === 'live' ? state.trail.length : 0}
      className="relative flex h-dvh flex-col overflow-hidden md:block"
    >
      <div className="map-under-sheet relative min-h-[40dvh] flex-1 md:absolute md:inset-0">
        <TrackMap state={state} tiles={tiles} sheet={sheet} />
      </div>
      <DeliveryCard state={state} ref={sheet} isOpen={isOpen} onFold={setOpen} />
    </main>
  )
}
