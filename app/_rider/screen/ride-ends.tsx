import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { useSay } from '#app/_words/use-language.tsx'
import type { RiderSession } from '../ride/rider-session.ts'
import type { RiderState } from '../ride/rider-state.ts'
import { EndDialog } from './end-dialog.tsx'
import type { RideEnd } from './end-question.tsx'
import { WORDS } from './words.ts'

/** The ends that should not be, far from the next step. Each asks for confirmation. */
export function RideEnds({ state, session }: { state: RiderState; session: RiderSession }) {
  const say = useSay()
  const [end, setEnd] = useState<RideEnd | null>(null)
  const busy = state.asking !== null
  return (
    <section
      aria-label={say(WORDS.ends)}
      className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,8rem),1fr))] gap-2"
    >
      <Button look="danger" inactive={busy} onClick={() => setEnd('cancelled')}>
        {say(WORDS.cancel)}
      </Button>
      <Button look="danger" inactive={busy || state.status === 'accepted'} onClick={() => setEnd('failed')}>
        {say(WORDS.notDelivered)}
      </Button>
      <EndDialog end={end} state={state} session={session} onClose={() => setEnd(null)} />
    </section>
  )
}
