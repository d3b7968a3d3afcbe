'use client'
import { AppWindow, Link2Off } from 'lucide-react'
import type { Tiles } from '#app/_map/background.tsx'
import { Button } from '#app/_ui/button.tsx'
import { Logo } from '#app/_ui/logo.tsx'
import { Notice } from '#app/_ui/notice.tsx'
import { useFragment } from '#app/_ui/use-fragment.ts'
import { useKeptFocus } from '#app/_ui/use-kept-focus.ts'
import { useRider } from './ride/use-rider.ts'
import { Ride } from './screen/ride.tsx'

/** Takes the token out of the address, where only the browser can read it. */
export function RiderScreen({ deliveryId, tiles }: { deliveryId: string; tiles: Tiles }) {
  const token = useFragment()
  useKeptFocus()
  if (token === null) return <Opening offline={false} />
  if (token === '')
    return (
      <Notice icon={Link2Off} title="This link is incomplete" testId="rider-refused">
        <p>The part after the # sign is missing. Please open the link exactly as it was sent to you.</p>
      </Notice>
    )
  return <Opened key={`${deliveryId} ${token}`} deliveryId={deliveryId} token={token} tiles={tiles} />
}

function Opened({ deliveryId, token, tiles }: { deliveryId: string; token: string; tiles: Tiles }) {
  const { rider, takeOver } = useRider(deliveryId, token)
  switch (rider.phase) {
    case 'opening':
      return <Opening offline={rider.offline} />
    case 'refused':
      return (
        <Notice icon={Link2Off} title="This link does not work" testId="rider-refused">
          <p>
            It may have been replaced or have expired, or a part of it was lost on the way. Please ask
            dispatch for a new one.
          </p>
          <p className="mt-3 text-sm">
            <span className="mr-1">Reason:</span>
            <code data-testid="refusal-code">{rider.code}</code>
          </p>
        </Notice>
      )
    case 'elsewhere':
      return (
        <Notice
          icon={AppWindow}
          title="This delivery is open in another tab"
          testId="rider-elsewhere"
          action={
            <Button look="primary" onClick={takeOver}>
              Ride it here instead
            </Button>
          }
        >
          <p>Only one of them may report positions. The other one stops when you go on here.</p>
        </Notice>
      )
    case 'ready':
      return <Ride {...rider} token={token} tiles={tiles} />
  }
}

function Opening({ offline }: { offline: boolean }) {
  return (
    <main className="flex h-dvh flex-col items-center justify-center gap-5 px-6 text-center">
      <Logo />
      <p role="status" className="text-muted">
        {offline ? 'The server cannot be reached. Trying again…' : 'Opening the delivery…'}
      </p>
    </main>
  )
}
