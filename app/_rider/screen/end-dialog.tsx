import type { RiderSession } from '../ride/rider-session.ts'
import type { RiderState } from '../ride/rider-state.ts'
import { EndQuestion, type RideEnd } from './end-question.tsx'

type Props = { end: RideEnd | null; state: RiderState; session: RiderSession; onClose: () => void }

/** The question before an end, while one is asked; it stays open for a PIN that is still to be told. */
export function EndDialog({ end, state, session, onClose }: Props) {
  if (end === null) return null
  return (
    <EndQuestion
      end={end}
      pin={end === 'delivered' ? state.pin : null}
      busy={state.asking !== null}
      onKeep={onClose}
      onEnd={async (told) => {
        const { pin } = session.get()
        const isDone = await session.setStatus(end, told)
        // The server had something to say of the PIN: it is asked for again.
        if (isDone || session.get().pin === pin) onClose()
      }}
    />
  )
}
