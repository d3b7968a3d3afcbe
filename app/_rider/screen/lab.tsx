import { ChevronDown, FlaskConical } from 'lucide-react'
import { useState } from 'react'
import { Choice } from '#app/_ui/choice.tsx'
import { Switch } from '#app/_ui/switch.tsx'
import { useSay } from '#app/_words/use-language.tsx'
import { deviceStorage } from '../ride/device-storage.ts'
import type { RiderSession } from '../ride/rider-session.ts'
import { INTERVALS_MS, type RiderState, SPEED_FACTORS } from '../ride/rider-state.ts'
import { Counters } from './counters.tsx'
import { PostList } from './post-list.tsx'
import { WORDS } from './words.ts'

const KEPT_AS = 'rider-live lab'

/** What somebody who studies the path of a location wants to see and set, folded away under one line. */
export function Lab({ state, session, over }: { state: RiderState; session: RiderSession; over: boolean }) {
  const say = useSay()
  const [isOpen, setOpen] = useState(wasOpen)
  return (
    <details
      data-testid="lab"
      open={isOpen}
      onToggle={({ currentTarget: { open } }) => {
        setOpen(open)
        keep(open)
      }}
      className="group border-t border-line pt-1"
    >
      <summary className="flex min-h-12 cursor-pointer list-none items-center gap-2.5 text-[0.9375rem] font-medium text-muted [&::-webkit-details-marker]:hidden">
        <FlaskConical className="size-4" aria-hidden="true" />
        <span className="flex-1">{say(WORDS.lab)}</span>
        <ChevronDown className="size-4 transition-transform group-open:rotate-180" aria-hidden="true" />
      </summary>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-5 pt-2">
        {!over && !state.otherDevice && <Settings state={state} session={session} />}
        <Counters {...state} />
        <PostList posts={state.posts} />
      </div>
    </details>
  )
}

function wasOpen(): boolean {
  try {
    return deviceStorage()?.getItem(KEPT_AS) === 'open'
  } catch {
    return false
  }
}

function keep(open: boolean): void {
  try {
    deviceStorage()?.setItem(KEPT_AS, open ? 'open' : 'closed')
  } catch {
    // It is folded again after a reload.
  }
}

function Settings({ state, session }: { state: RiderState; session: RiderSession }) {
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
      <Switch
        label={say(WORDS.gps)}
        hint={say(WORDS.gpsHint)}
        checked={state.source === 'device'}
        onChange={(device) => session.setSource(device ? 'device' : 'simulation')}
      />
    </section>
  )
}
