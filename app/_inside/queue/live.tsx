'use client'
import { Send } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { Choice } from '#app/_ui/choice.tsx'
import { Switch } from '#app/_ui/switch.tsx'
import type { Text } from '#app/_words/language.ts'
import { problemDetail } from '#app/_words/problem-words.ts'
import { useSay } from '#app/_words/use-language.tsx'
import { BURST_JOB_MS, BURST_JOBS, type Burst, burstSchema } from '#contracts/inside/queue.ts'
import { useInside, useWatch } from '../inside-context.tsx'
import { usePage } from '../page-context.ts'
import { BurstSide } from './burst-side.tsx'
import * as words from './words.ts'

const JOBS = BURST_JOBS.map((value) => ({ value, label: String(value) }))
const JOB_MS = BURST_JOB_MS.map((value) => ({ value, label: `${value} ms` }))
/** The axis ends at a multiple of this, so that it does not move all the time. */
const STEP_MS = 5_000

export function Live() {
  const say = useSay()
  const { demo } = usePage()
  const { socket } = useInside()
  const state = useWatch('queue:burst', {})
  const [burst, setBurst] = useState<Burst>({ jobs: 40, jobMs: 100, dies: false })
  const [isStarting, setStarting] = useState(false)
  const [trouble, setTrouble] = useState<Text | null>(null)
  const busy = isStarting || state?.over === false
  const spanMs = Math.max(1, Math.ceil((state?.nowMs ?? 0) / STEP_MS)) * STEP_MS
  const choose = (change: Record<string, number>) => setBurst(burstSchema.parse({ ...burst, ...change }))

  async function start() {
    setStarting(true)
    const answer = await socket?.call('queue:start', burst)
    setStarting(false)
    setTrouble(answer?.ok === false ? problemDetail(answer) : null)
  }

  return (
    <div
      className="grid grid-cols-1 gap-5"
      data-testid="queue-live"
      data-over={state?.over}
      data-worker={state?.http.url}
      data-topic={state?.queue.topic}
      data-group={state?.queue.group}
    >
      <div className="grid grid-cols-1 items-end gap-x-6 gap-y-3 sm:grid-cols-2 lg:grid-cols-[12rem_18rem_1fr_auto]">
        <Choice
          legend={say(words.jobs)}
          options={JOBS}
          value={burst.jobs}
          disabled={busy}
          onChange={(jobs) => choose({ jobs })}
        />
        <Choice
          legend={say(words.jobMs)}
          options={JOB_MS}
          value={burst.jobMs}
          disabled={busy}
          onChange={(jobMs) => choose({ jobMs })}
        />
        <Switch
          label={say(words.dies)}
          hint={say(words.diesHint)}
          checked={burst.dies}
          onChange={(dies) => setBurst({ ...burst, dies })}
        />
        <Button look="accent" onClick={start} disabled={busy || !demo} data-testid="start-burst">
          <Send className="size-4" aria-hidden="true" />
          <span>{say(isStarting ? words.preparing : busy ? words.running : words.start)}</span>
        </Button>
      </div>
      {(trouble || !demo) && (
        <p role="alert" className="text-sm font-medium text-danger">
          {say(trouble ?? words.demoOnly)}
        </p>
      )}
      <BurstSide
        id="http"
        title={say(words.byHttp)}
        side={state?.http ?? null}
        nowMs={state?.nowMs ?? 0}
        spanMs={spanMs}
        note=""
      />
      <BurstSide
        id="queue"
        title={say(words.byQueue)}
        side={state?.queue ?? null}
        nowMs={state?.nowMs ?? 0}
        spanMs={spanMs}
        note={state ? say(words.inLog(state.queue.committed, state.jobs)) : ''}
      />
      <p className="max-w-3xl text-note leading-relaxed text-muted">
        <Key className="bg-accent" text={say(words.waits)} />
        <Key className="bg-accent/30" text={say(words.answered)} />
        <Key className="bg-danger" text={say(words.lost)} />
        <Key className="bg-danger-soft" text={say(words.away)} />
        <span>{say(words.axis)}</span>
      </p>
      <p className="max-w-3xl text-note leading-relaxed text-muted">{say(words.howDone)}</p>
    </div>
  )
}

function Key({ className, text }: { className: string; text: string }) {
  return (
    <span className="mr-5 inline-flex items-center gap-1.5">
      <span className={`h-2.5 w-5 rounded-sm ${className}`} aria-hidden="true" />
      <span>{text}</span>
    </span>
  )
}
