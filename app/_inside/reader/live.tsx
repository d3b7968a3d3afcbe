'use client'
import { Minus, Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { Pill } from '#app/_ui/pill.tsx'
import { Switch } from '#app/_ui/switch.tsx'
import type { Text } from '#app/_words/language.ts'
import { problemDetail } from '#app/_words/problem-words.ts'
import { useSay } from '#app/_words/use-language.tsx'
import type { ReaderState } from '#contracts/inside/reader.ts'
import { useInside, useWatch } from '../inside-context.tsx'
import { usePage } from '../page-context.ts'
import { Printed } from './printed.tsx'
import { Waiting } from './waiting.tsx'
import * as words from './words.ts'

type Lever = { name: 'reader:start' | 'reader:stop' } | { name: 'reader:fail'; fails: boolean }

export function Live() {
  const say = useSay()
  const { demo } = usePage()
  const { socket } = useInside()
  const state = useWatch('reader:state', {})
  const [isPulling, setPulling] = useState(false)
  const [trouble, setTrouble] = useState<Text | null>(null)
  const reader = state?.reader ?? null

  async function pull(lever: Lever) {
    setPulling(true)
    const answer =
      lever.name === 'reader:fail'
        ? await socket?.call(lever.name, { fails: lever.fails })
        : await socket?.call(lever.name, {})
    setPulling(false)
    setTrouble(answer?.ok === false ? problemDetail(answer) : null)
  }

  return (
    <div
      className="grid grid-cols-1 gap-5"
      data-testid="reader-live"
      data-reading={reader !== null}
      data-url={reader?.url}
      data-groups={reader?.groups.join(' ')}
    >
      <div className="grid grid-cols-1 items-center gap-x-8 gap-y-4 rounded-3xl border border-line bg-surface p-5 md:grid-cols-2">
        <div className="flex min-w-0 flex-wrap items-center gap-3">
          {reader === null ? (
            <Button
              look="accent"
              onClick={() => pull({ name: 'reader:start' })}
              inactive={isPulling || !demo}
              data-testid="add-reader"
            >
              <Plus className="size-4" aria-hidden="true" />
              <span>{say(isPulling ? words.adding : words.add)}</span>
            </Button>
          ) : (
            <Button
              onClick={() => pull({ name: 'reader:stop' })}
              inactive={isPulling}
              data-testid="remove-reader"
            >
              <Minus className="size-4" aria-hidden="true" />
              <span>{say(words.remove)}</span>
            </Button>
          )}
          <Groups reader={reader} />
        </div>
        <Switch
          label={say(words.down)}
          hint={say(
            reader?.failsForMs == null ? words.downHint : words.backIn(Math.ceil(reader.failsForMs / 1_000)),
          )}
          checked={reader?.failsForMs != null}
          onChange={(fails) => reader && void pull({ name: 'reader:fail', fails })}
        />
      </div>
      {(trouble || !demo) && (
        <p role="alert" className="text-sm font-medium text-danger">
          {say(trouble ?? words.demoOnly)}
        </p>
      )}
      <dl className="grid grid-cols-3 gap-3">
        <Figure name="requests" label={say(words.requests)} value={state?.requests ?? 0} />
        <Figure name="taken" label={say(words.taken)} value={state?.taken ?? 0} />
        <Figure name="waiting" label={say(words.waiting)} value={state?.waitingCount ?? 0} />
      </dl>
      <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <Waiting waiting={state?.waiting ?? []} count={state?.waitingCount ?? 0} />
        <Printed received={state?.received ?? []} isReading={reader !== null} />
      </div>
      <p className="max-w-3xl text-note leading-relaxed text-muted">{say(words.howDone)}</p>
    </div>
  )
}

function Groups({ reader }: Pick<ReaderState, 'reader'>) {
  const say = useSay()
  if (reader === null) return <Pill tone="neutral">{say(words.none)}</Pill>
  return (
    <span className="grid min-w-0 gap-0.5 text-note">
      {reader.groups.map((group) => (
        <span key={group} className="truncate font-mono font-semibold">
          {group}
        </span>
      ))}
      <span className="text-muted tabular-nums">
        {say(words.leavesIn(Math.ceil(reader.endsInMs / 1_000)))}
      </span>
    </span>
  )
}

function Figure({ name, label, value }: { name: string; label: string; value: number }) {
  return (
    <div className="rounded-2xl bg-sunken px-2.5 py-3 sm:px-4">
      <dt className="text-note text-muted">{label}</dt>
      <dd className="text-2xl font-bold tabular-nums" data-testid={`reader-${name}`} data-value={value}>
        {value}
      </dd>
    </div>
  )
}
