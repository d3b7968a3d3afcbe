import { useSay } from '#app/_words/use-language.tsx'
import type { Waiting } from '../outbox/outbox.ts'
import { WORDS } from './words.ts'

type Props = { sent: number; acknowledged: number; waiting: Waiting; nowMs: number }

export function Counters({ sent, acknowledged, waiting, nowMs }: Props) {
  const say = useSay()
  const old = waiting.oldestAtMs === null ? null : Math.round((nowMs - waiting.oldestAtMs) / 1_000)
  return (
    <dl
      className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,5.25rem),1fr))] gap-2"
      aria-label={say(WORDS.positions)}
    >
      <Counter name="sent" label={say(WORDS.sent)} value={sent} />
      <Counter name="acknowledged" label={say(WORDS.acknowledged)} value={acknowledged} />
      <Counter
        name="waiting"
        label={old !== null && old > 2 ? say(WORDS.waitingFor, { n: old }) : say(WORDS.waiting)}
        value={waiting.count}
        warn={waiting.count > 1}
      />
    </dl>
  )
}

function Counter({
  name,
  label,
  value,
  warn = false,
}: {
  name: string
  label: string
  value: number
  warn?: boolean
}) {
  return (
    <div className={`rounded-2xl px-3 py-2.5 ${warn ? 'bg-warn-soft text-warn-soft-ink' : 'bg-sunken'}`}>
      <dt className={`text-xs font-medium wrap-anywhere ${warn ? '' : 'text-muted'}`}>{label}</dt>
      <dd data-testid={`counter-${name}`} className="text-2xl font-bold tracking-tight tabular-nums">
        {value}
      </dd>
    </div>
  )
}
