import { Choice } from '#app/_ui/choice.tsx'
import { Switch } from '#app/_ui/switch.tsx'
import { useSay } from '#app/_words/use-language.tsx'
import type { RiderSession } from '../ride/rider-session.ts'
import { INTERVALS_MS, type RiderState, SPEED_FACTORS } from '../ride/rider-state.ts'
import { WORDS } from './words.ts'

export function RideSettings({ state, session }: { state: RiderState; session: RiderSession }) {
  const say = useSay()
  return (
    <section aria-label={say(WORDS.settings)} className="grid gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Choice
          legend={say(WORDS.speed)}
          options={SPEED_FACTORS.map((factor) => ({ value: factor, label: `×${factor}` }))}
          value={state.speedFactor}
          disabled={state.source === 'device'}
          onChange={(factor) => session.setSpeedFactor(factor)}
        />
        <Choice
          legend={say(WORDS.interval)}
          options={INTERVALS_MS.map((ms) => ({ value: ms, label: say(WORDS.seconds, { n: ms / 1_000 }) }))}
          value={state.intervalMs}
          onChange={(ms) => session.setIntervalMs(ms)}
        />
      </div>
      <div className="grid gap-1">
        <Switch
          label={say(WORDS.shareSwitch)}
          hint={say(WORDS.shareHint)}
          checked={state.sharing}
          onChange={(sharing) => session.setSharing(sharing)}
        />
        <Switch
          label={say(WORDS.gps)}
          hint={say(WORDS.gpsHint)}
          checked={state.source === 'device'}
          onChange={(device) => session.setSource(device ? 'device' : 'simulation')}
        />
      </div>
    </section>
  )
}
