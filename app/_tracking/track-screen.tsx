'use client'
import { Link2Off } from 'lucide-react'
import type { Tiles } from '#app/_map/background.tsx'
import { Notice } from '#app/_ui/notice.tsx'
import { useFragment } from '#app/_ui/use-fragment.ts'
import { LiveTracking } from './screen/live-tracking.tsx'
import { Opening } from './screen/opening.tsx'

/** Takes the token out of the address, where only the browser can read it. */
export function TrackScreen({ deliveryId, tiles }: { deliveryId: string; tiles: Tiles }) {
  const token = useFragment()
  if (token === null) return <Opening connection="connecting" />
  if (token === '')
    return (
      <Notice icon={Link2Off} title="This link is incomplete" testId="track-refused">
        <p>The part after the # sign is missing. Please open the link exactly as it was sent to you.</p>
      </Notice>
    )
  return <LiveTracking key={`${deliveryId} ${token}`} deliveryId={deliveryId} token={token} tiles={tiles} />
}
