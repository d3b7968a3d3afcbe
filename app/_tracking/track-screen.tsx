'use client'
import dynamic from 'next/dynamic'
import type { Tiles } from '#app/_map/background.tsx'
import { afterFirstLook } from '#app/_ui/after-first-look.ts'
import { LinkIncomplete } from '#app/_ui/link-incomplete.tsx'
import { useFragment } from '#app/_ui/use-fragment.ts'
import { useTitle } from '#app/_ui/use-title.ts'
import { TITLES } from '#app/_words/titles.ts'
import { Opening } from './screen/opening.tsx'

const LiveTracking = dynamic(
  () => afterFirstLook(() => import('./screen/live-tracking.tsx')).then((module) => module.LiveTracking),
  { ssr: false, loading: () => <Opening connection="connecting" /> },
)

/** Takes the token out of the address, where only the browser can read it. */
export function TrackScreen({ deliveryId, tiles }: { deliveryId: string; tiles: Tiles }) {
  const token = useFragment()
  // Once there is a token the title says how far the delivery is.
  useTitle(token ? null : TITLES.track)
  if (token === null) return <Opening connection="connecting" />
  if (token === '') return <LinkIncomplete testId="track-refused" />
  return <LiveTracking key={`${deliveryId} ${token}`} deliveryId={deliveryId} token={token} tiles={tiles} />
}
