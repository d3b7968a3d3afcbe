import { LocateFixed, LocateOff } from 'lucide-react'
import { useSay } from '#app/_words/use-language.tsx'
import type { RiderState } from '../ride/rider-state.ts'
import { deviceWords } from './device-words.ts'

const LOOKS = {
  good: 'bg-accent-soft text-accent-soft-ink',
  calm: 'bg-sunken text-ink',
  warn: 'bg-warn-soft text-warn-soft-ink',
}

/** Whether this device's position gets through, and what the rider can do about it. */
export function DeviceLine({ state }: { state: RiderState }) {
  const say = useSay()
  const words = deviceWords(state)
  const Icon = words?.tone === 'warn' ? LocateOff : LocateFixed
  return (
    <div
      data-testid="device-line"
      data-tone={words?.tone}
      className={
        words ? `flex items-start gap-2.5 rounded-2xl px-3.5 py-3 text-sm ${LOOKS[words.tone]}` : 'hidden'
      }
    >
      <Icon className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
      <div className="tabular-nums">
        <p role="status" className="font-semibold">
          {words && say(words.what)}
        </p>
        <p className="mt-0.5 text-pretty">{words && say(words.next)}</p>
      </div>
    </div>
  )
}
