import { PackageCheck, Pause, Play } from 'lucide-react'
import { Button } from '../../_ui/button.tsx'
import type { RiderSession } from './rider-session.ts'
import type { RiderState } from './rider-state.ts'

/** One big button for what comes next, and the single steps below it. */
export function RideActions({ state, session }: { state: RiderState; session: RiderSession }) {
  const { status, asking } = state
  const busy = asking !== null
  return (
    <section aria-label="Ride" className="grid gap-2.5">
      <NextStep state={state} session={session} />
      <div className="grid grid-cols-3 gap-2">
        <Button disabled={busy || status !== 'accepted'} onClick={() => session.setStatus('picked_up')}>
          Picked up
        </Button>
        <Button disabled={busy || status === 'accepted'} onClick={() => session.setStatus('delivered')}>
          Delivered
        </Button>
        <Button look="danger" disabled={busy} onClick={() => session.setStatus('cancelled')}>
          Cancel
        </Button>
      </div>
    </section>
  )
}

function NextStep({ state, session }: { state: RiderState; session: RiderSession }) {
  const busy = state.asking !== null
  const door = state.atDoor && state.status !== 'accepted'
  if (door)
    return (
      <Button look="accent" size="lg" disabled={busy} onClick={() => session.setStatus('delivered')}>
        <PackageCheck className="size-5" aria-hidden="true" />
        <span>At the door: hand it over</span>
      </Button>
    )
  if (state.source === 'device')
    return (
      <Button
        look="accent"
        size="lg"
        disabled={busy || state.sharing}
        onClick={() => session.setSharing(true)}
      >
        {state.sharing ? 'Sharing this device’s position' : 'Share this device’s position'}
      </Button>
    )
  if (state.riding)
    return (
      <Button look="primary" size="lg" onClick={() => session.pauseRide()}>
        <Pause className="size-5" aria-hidden="true" />
        <span>Pause ride</span>
      </Button>
    )
  return (
    <Button look="accent" size="lg" disabled={busy} onClick={() => session.startRide()}>
      <Play className="size-5" aria-hidden="true" />
      <span>{state.status === 'accepted' ? 'Start ride' : 'Continue ride'}</span>
    </Button>
  )
}
