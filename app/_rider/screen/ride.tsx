'use client'
import dynamic from 'next/dynamic'
import { useSyncExternalStore } from 'react'
import type { Tiles } from '#app/_map/background.tsx'
import { Switch } from '#app/_ui/switch.tsx'
import { useSay } from '#app/_words/use-language.tsx'
import type { Snapshot } from '#contracts/snapshot.ts'
import { isEnded } from '#domain/lifecycle.ts'
import type { RiderSession } from '../ride/rider-session.ts'
import { isReportedByApp } from '../ride/rider-state.ts'
import { CustomerLink } from './customer-link.tsx'
import { DeviceLine } from './device-line.tsx'
import { Lab } from './lab.tsx'
import { NextStop } from './next-stop.tsx'
import { OpenIn } from './open-in.tsx'
import { OrderCard } from './order-card.tsx'
import { PhoneApp } from './phone-app.tsx'
import { PhoneAppLine } from './phone-app-line.tsx'
import { ResumedLine } from './resumed-line.tsx'
import { RealRide, RideActions } from './ride-actions.tsx'
import { RideEnds } from './ride-ends.tsx'
import { RideHeader } from './ride-header.tsx'
import { RideTroubles } from './ride-troubles.tsx'
import { ScreenLine } from './screen-line.tsx'
import { SendingNotice } from './sending-notice.tsx'
import { WORDS } from './words.ts'

const RiderMap = dynamic(() => import('./rider-map.tsx').then((module) => module.RiderMap), { ssr: false })

type Props = { snapshot: Snapshot; session: RiderSession; token: string; tiles: Tiles }

/** The rider's page: where to go and what to press; what goes over the wire is folded away. */
export function Ride({ snapshot, session, token, tiles }: Props) {
  const state = useSyncExternalStore(session.subscribe, session.get, session.get)
  // The way as it was last planned.
  const delivery = { ...snapshot.delivery, ...state.way }
  const byApp = isReportedByApp(state)
  const say = useSay()
  const over = isEnded(state.status) || state.refused !== null
  return (
    <main
      data-testid="rider-page"
      data-status={state.status}
      data-sharing={state.sharing}
      data-riding={state.riding}
      data-at-door={state.atDoor}
      data-screen-awake={state.screenAwake}
      data-storage={state.storage.trouble ?? 'fine'}
      className="flex min-h-dvh flex-col lg:h-dvh lg:flex-row-reverse"
    >
      <div className="map-under-panel relative h-[38dvh] min-h-56 shrink-0 lg:h-full lg:flex-1">
        <RiderMap
          delivery={delivery}
          position={state.position}
          sharing={state.sharing}
          over={isEnded(state.status)}
          tiles={tiles}
        />
      </div>
      <div className="relative z-[1001] -mt-5 flex flex-1 flex-col gap-5 within-screen rounded-t-3xl bg-surface [--room:1.25rem] shadow-float lg:mt-0 lg:w-[440px] lg:flex-none lg:overflow-y-auto lg:rounded-none lg:[--room:1.5rem]">
        <RideHeader status={state.status} endReason={state.endReason} />
        <NextStop delivery={delivery} state={state} />
        <RideTroubles state={state} />
        <SendingNotice state={state} />
        {!over && state.phoneApp && <PhoneAppLine state={state} session={session} />}
        {!over && !state.otherDevice && !byApp && <DeviceLine state={state} />}
        {!over && !state.otherDevice && <ScreenLine state={state} />}
        <ResumedLine state={state} />
        {!over && <OrderCard snapshot={snapshot} />}
        {!over && <RideActions state={state} session={session} />}
        {!over && !state.otherDevice && !byApp && state.source === 'simulation' && (
          <RealRide session={session} />
        )}
        {!over && <OpenIn status={state.status} store={delivery.store} destination={delivery.destination} />}
        {!over && !state.otherDevice && !byApp && (
          <Switch
            label={say(WORDS.shareSwitch)}
            hint={say(WORDS.shareHint)}
            checked={state.sharing}
            onChange={(sharing) => session.setSharing(sharing)}
          />
        )}
        {!over && <PhoneApp deliveryId={delivery.id} token={token} onCode={session.expectPhoneApp} />}
        {!over && <RideEnds state={state} session={session} />}
        {!over && <CustomerLink deliveryId={delivery.id} token={token} />}
        <Lab state={state} session={session} over={over} />
      </div>
    </main>
  )
}
