'use client'
import { Link2Off } from 'lucide-react'
import type { Tiles } from '#app/_map/background.tsx'
import { LINK_WORDS } from '#app/_ui/link-words.ts'
import { Notice } from '#app/_ui/notice.tsx'
import { useFragment } from '#app/_ui/use-fragment.ts'
import { useTitle } from '#app/_ui/use-title.ts'
import { TITLES } from '#app/_words/titles.ts'
import { useSay } from '#app/_words/use-language.tsx'
import { LiveTracking } from './screen/live-tracking.tsx'
import { Opening } from './screen/opening.tsx'

/** Takes the token out of the address, where only the browser can read it. */
export function TrackScreen({ deliveryId, tiles }: { deliveryId: string; tiles: Tiles }) {
  const token = useFragment()
  const say = useSay()
  // Once there is a token the title says how far the delivery is.
  useTitle(token ? null : TITLES.track)
  if (token === null) return <Opening connection="connecting" />
  if (token === '')
    return (
      <Notice icon={Link2Off} title={say(LINK_WORDS.incomplete)} testId="track-refused">
        <p>{say(LINK_WORDS.missing)}</p>
      </Notice>
    )
  return <LiveTracking key={`${deliveryId} ${token}`} deliveryId={deliveryId} token={token} tiles={tiles} />
}
