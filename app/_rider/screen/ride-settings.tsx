import { Choice } from '#app/_ui/choice.tsx'
import { Switch } from '#app/_ui/switch.tsx'
import type { RiderSession } from '../ride/rider-session.ts'
import { INTERVALS_MS, type RiderState, SPEED_FACTORS } from '../ride/rider-state.ts'

export function RideSettings({ state, session }: { state: RiderState; session: RiderSession }) {
  return (
    <section aria-label="Settings" className="grid gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Choice
          legend="Speed"
          options={SPEED_FACTORS.map((factor) => ({ value: factor, label: `×${factor}` }))}
          value={state.speedFactor}
          disabled={state.source === 'device'}
          onChange={(factor) => session.setSpeedFactor(factor)}
        />
        <Choice
          legend="Report every"
          options={INTERVALS_MS.map((ms) => ({ value: ms, label: `${ms / 1_000} s` }))}
          value={state.intervalMs}
          onChange={(ms) => session.setIntervalMs(ms)}
        />
      </div>
      <div className="grid gap-1">
        <Switch
          label="Share location"
          hint="A rider who stands still reports as well."
          checked={state.sharing}
          onChange={(sharing) => session.setSharing(sharing)}
        />
        <Switch
          label="Use this device’s GPS"
          hint="Your real position instead of the simulated one."
          checked={state.source === 'device'}
          onChange={(device) => session.setSource(device ? 'device' : 'simulation')}
        />
      </div>
    </section>
  )
}
