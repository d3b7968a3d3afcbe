import { type LucideIcon, PackageCheck, Pause, Play, Smartphone, Square } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import type { ButtonLook } from '#app/_ui/button-class.ts'
import type { Text } from '#app/_words/language.ts'
import { useSay } from '#app/_words/use-language.tsx'
import type { RiderSession } from '../ride/rider-session.ts'
import { isReportedByApp, type RiderState } from '../ride/rider-state.ts'
import { deviceWords } from './device-words.ts'
import { EndQuestion, type RideEnd } from './end-question.tsx'
import { WORDS } from './words.ts'

/** One big button for the next step, and the other steps below it; an end asks for confirmation. */
export function RideActions({ state, session }: { state: RiderState; session: RiderSession }) {
  const say = useSay()
  const [end, setEnd] = useState<RideEnd | null>(null)
  const { status, asking } = state
  const busy = asking !== null
  const step = nextStep(state, session, () => setEnd('delivered'))
  return (
    <section aria-label={say(WORDS.ride)} className="grid gap-2.5">
      {/* One and the same button whatever it says: it keeps the focus. */}
      <Button look={step.look} size="lg" inactive={busy} onClick={step.press}>
        <step.icon className="size-5" aria-hidden="true" />
        <span>{say(step.words)}</span>
      </Button>
      {!state.otherDevice && (
        <div className="grid grid-cols-2 gap-2">
          {!isReportedByApp(state) && (
            <>
              <Button inactive={busy || status !== 'accepted'} onClick={() => session.setStatus('picked_up')}>
                {say(WORDS.pickedUp)}
              </Button>
              <Button inactive={busy || status === 'accepted'} onClick={() => setEnd('delivered')}>
                {say(WORDS.delivered)}
              </Button>
            </>
          )}
          <Button look="danger" className="mt-5" inactive={busy} onClick={() => setEnd('cancelled')}>
            {say(WORDS.cancel)}
          </Button>
          <Button
            look="danger"
            className="mt-5"
            inactive={busy || status === 'accepted'}
            onClick={() => setEnd('failed')}
          >
            {say(WORDS.notDelivered)}
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
            const { pin } = session.get()
            const isDone = await session.setStatus(end, told)
            // The server had something to say of the PIN: it is asked for again.
            if (isDone || session.get().pin === pin) setEnd(null)
          }}
        />
      )}
    </section>
  )
}

type Step = { words: Text; icon: LucideIcon; look: ButtonLook; press: () => void }

function nextStep(state: RiderState, session: RiderSession, handOver: () => void): Step {
  if (state.otherDevice)
    return {
      words: WORDS.thisDevice,
      icon: Smartphone,
      look: 'accent',
      press: () => session.takeOver(),
    }
  if (isReportedByApp(state))
    return state.status === 'accepted'
      ? {
          words: WORDS.pickedUp,
          icon: PackageCheck,
          look: 'accent',
          press: () => void session.setStatus('picked_up'),
        }
      : { words: WORDS.delivered, icon: PackageCheck, look: 'accent', press: handOver }
  if (state.atDoor && state.status !== 'accepted')
    return { words: WORDS.atDoor, icon: PackageCheck, look: 'accent', press: handOver }
  if (state.source === 'device')
    return state.sharing
      ? {
          words: deviceWords(state)?.tone === 'good' ? WORDS.stopSharing : WORDS.stopTrying,
          icon: Square,
          look: 'quiet',
          press: () => session.setSharing(false),
        }
      : {
          words: WORDS.share,
          icon: Play,
          look: 'accent',
          press: () => session.setSharing(true),
        }
  if (state.riding)
    return { words: WORDS.pause, icon: Pause, look: 'primary', press: () => session.pauseRide() }
  const words = state.status === 'accepted' ? WORDS.start : WORDS.goOn
  return { words, icon: Play, look: 'accent', press: () => session.startRide() }
}
