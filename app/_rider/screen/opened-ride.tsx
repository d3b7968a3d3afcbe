'use client'
import { AppWindow, Link2Off } from 'lucide-react'
import { useEffect } from 'react'
import type { Tiles } from '#app/_map/background.tsx'
import { Button } from '#app/_ui/button.tsx'
import { Notice } from '#app/_ui/notice.tsx'
import { OpenAgain } from '#app/_ui/open-again.tsx'
import { useSay } from '#app/_words/use-language.tsx'
import { useRider } from '../ride/use-rider.ts'
import { Opening } from './opening.tsx'
import { Ride } from './ride.tsx'
import { REFUSED_WORDS, WORDS } from './words.ts'

type Props = { deliveryId: string; token: string; demo: boolean; tiles: Tiles }

/** The rider's page once there is a token. A rider of the demo is simulated at first. */
export function OpenedRide({ deliveryId, token, demo, tiles }: Props) {
  const say = useSay()
  // While the delivery is read; where that fails the map is asked for again when it is shown.
  useEffect(() => void import('./rider-map.tsx').catch(() => {}), [])
  const { rider, takeOver } = useRider(deliveryId, token, demo ? 'simulation' : 'device')
  switch (rider.phase) {
    case 'opening':
      return <Opening offline={rider.offline} />
    case 'refused':
      return (
        <Notice
          icon={Link2Off}
          title={say(REFUSED_WORDS[rider.fault].title)}
          testId="rider-refused"
          action={<OpenAgain />}
        >
          <p>{say(REFUSED_WORDS[rider.fault].detail)}</p>
          <p className="mt-3 text-sm">
            <span className="mr-1">{say(WORDS.reason)}</span>
            <code data-testid="refusal-code">{rider.code}</code>
          </p>
        </Notice>
      )
    case 'elsewhere':
      return (
        <Notice
          icon={AppWindow}
          title={say(WORDS.elsewhere)}
          testId="rider-elsewhere"
          action={
            <Button look="primary" onClick={takeOver}>
              {say(WORDS.rideHere)}
            </Button>
          }
        >
          <p>{say(WORDS.elsewhereWhy)}</p>
        </Notice>
      )
    case 'ready':
      return <Ride {...rider} token={token} tiles={tiles} />
  }
}
