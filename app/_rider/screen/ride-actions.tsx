import { LocateFixed, PackageCheck, Pause, Play, Smartphone, Store } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import type { Say } from '#app/_words/speak.ts'
import { useSay } from '#app/_words/use-language.tsx'
import type { RiderSession } from '../ride/rider-session.ts'
import { isReportedByApp, type RiderState } from '../ride/rider-state.ts'
import { EndDialog } from './end-dialog.tsx'
import { type Step, StepButton } from './step-button.tsx'
import { WORDS } from './words.ts'

/** Where the demo's rider is simulated: one tap makes it a real ride, with the device's own positions. */
export function RealRide({ session }: { session: RiderSession }) {
  const say = useSay()
  return (
    <Button
      onClick={() => {
        session.setSource('device')
        session.setSharing(true)
      }}
    >
      <LocateFixed className="size-4" aria-hidden="true" />
      <span>{say(WORDS.realRide)}</span>
    </Button>
  )
}

/** The next step, always under the thumb; a simulated ride has both of its statuses below it. */
export function RideActions({ state, session }: { state: RiderState; session: RiderSession }) {
  const say = useSay()
  const [isEnding, setEnding] = useState(false)
  const { status, asking, otherDevice, source } = state
  const busy = asking !== null
  const handOver = () => setEnding(true)
  return (
    <section
      aria-label={say(WORDS.ride)}
      className="sticky bottom-0 z-10 -mx-5 -my-2 grid gap-2.5 bg-surface px-5 pt-2 pb-[max(0.5rem,env(safe-area-inset-bottom))] lg:static lg:mx-0 lg:px-0"
    >
      <StepButton step={nextStep(state, session, { say, handOver })} busy={busy} />
      {!otherDevice && source === 'simulation' && !isReportedByApp(state) && (
        <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,8rem),1fr))] gap-2">
          <Button inactive={busy || status !== 'accepted'} onClick={() => session.setStatus('picked_up')}>
            {say(WORDS.pickedUp)}
          </Button>
          <Button inactive={busy || status === 'accepted'} onClick={handOver}>
            {say(WORDS.delivered)}
          </Button>
        </div>
      )}
      <EndDialog
        end={isEnding ? 'delivered' : null}
        state={state}
        session={session}
        onClose={() => setEnding(false)}
      />
    </section>
  )
}

type Means = { say: Say; handOver: () => void }

function nextStep(state: RiderState, session: RiderSession, { say, handOver }: Means): Step {
  const { status, otherDevice, atDoor, source, sharing, riding } = state
  const isPickedUp = status !== 'accepted'
  if (otherDevice)
    return {
      words: say(WORDS.thisDevice),
      icon: Smartphone,
      look: 'accent',
      press: () => session.takeOver(),
    }
  const steps: Record<'pickUp' | 'deliver', Step> = {
    pickUp: {
      words: say(WORDS.atStore),
      icon: Store,
      look: 'accent',
      isHeld: true,
      press: () => void session.setStatus('picked_up'),
    },
    deliver: { words: say(WORDS.delivered), icon: PackageCheck, look: 'accent', press: handOver },
  }
  if (isReportedByApp(state)) return isPickedUp ? steps.deliver : steps.pickUp
  if (atDoor && isPickedUp)
    return { words: say(WORDS.atDoor), icon: PackageCheck, look: 'accent', press: handOver }
  if (source === 'device') {
    if (!sharing)
      return { words: say(WORDS.share), icon: Play, look: 'accent', press: () => session.setSharing(true) }
    return isPickedUp ? steps.deliver : steps.pickUp
  }
  if (riding)
    return { words: say(WORDS.pause), icon: Pause, look: 'primary', press: () => session.pauseRide() }
  const words = say(isPickedUp ? WORDS.goOn : WORDS.start)
  return { words, icon: Play, look: 'accent', press: () => session.startRide() }
}
