import { type LucideIcon, PackageCheck, Pause, Play, Smartphone, Square } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import type { ButtonLook } from '#app/_ui/button-class.ts'
import type { RiderSession } from '../ride/rider-session.ts'
import type { RiderState } from '../ride/rider-state.ts'
import { deviceWords } from './device-words.ts'
import { EndQuestion, type RideEnd } from './end-question.tsx'

/** One big button for the next step, and the other steps below it; an end asks for confirmation. */
export function RideActions({ state, session }: { state: RiderState; session: RiderSession }) {
  const [end, setEnd] = useState<RideEnd | null>(null)
  const { status, asking } = state
  const busy = asking !== null
  const step = nextStep(state, session, () => setEnd('delivered'))
  return (
    <section aria-label="Ride" className="grid gap-2.5">
      {/* One and the same button whatever it says: it keeps the focus. */}
      <Button look={step.look} size="lg" inactive={busy} onClick={step.press}>
        <step.icon className="size-5" aria-hidden="true" />
        <span>{step.words}</span>
      </Button>
      {!state.otherDevice && (
        <div className="grid grid-cols-2 gap-2">
          <Button inactive={busy || status !== 'accepted'} onClick={() => session.setStatus('picked_up')}>
            Picked up
          </Button>
          <Button inactive={busy || status === 'accepted'} onClick={() => setEnd('delivered')}>
            Delivered
          </Button>
          <Button look="danger" className="mt-5" inactive={busy} onClick={() => setEnd('cancelled')}>
            Cancel
          </Button>
          <Button
            look="danger"
            className="mt-5"
            inactive={busy || status === 'accepted'}
            onClick={() => setEnd('failed')}
          >
            Not delivered
          </Button>
        </div>
      )}
      {end && (
        <EndQuestion
          end={end}
          pin={end === 'delivered' ? state.pin : null}
          busy={busy}
          onKeep={() => setEnd(null)}
          onEnd={async (told) => {
            const isDone = await session.setStatus(end, told)
            if (isDone || session.get().pin === null || end !== 'delivered') setEnd(null)
          }}
        />
      )}
    </section>
  )
}

type Step = { words: string; icon: LucideIcon; look: ButtonLook; press: () => void }

function nextStep(state: RiderState, session: RiderSession, handOver: () => void): Step {
  if (state.otherDevice)
    return {
      words: 'Ride with this device',
      icon: Smartphone,
      look: 'accent',
      press: () => session.takeOver(),
    }
  if (state.atDoor && state.status !== 'accepted')
    return { words: 'At the door: hand it over', icon: PackageCheck, look: 'accent', press: handOver }
  if (state.source === 'device')
    return state.sharing
      ? {
          words: deviceWords(state)?.tone === 'good' ? 'Stop sharing' : 'Stop trying',
          icon: Square,
          look: 'quiet',
          press: () => session.setSharing(false),
        }
      : {
          words: 'Share this device’s position',
          icon: Play,
          look: 'accent',
          press: () => session.setSharing(true),
        }
  if (state.riding)
    return { words: 'Pause ride', icon: Pause, look: 'primary', press: () => session.pauseRide() }
  const words = state.status === 'accepted' ? 'Start ride' : 'Continue ride'
  return { words, icon: Play, look: 'accent', press: () => session.startRide() }
}
