'use client'
import { Minus, Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import type { Text } from '#app/_words/language.ts'
import { problemDetail } from '#app/_words/problem-words.ts'
import { useSay } from '#app/_words/use-language.tsx'
import { type LogState, MOST_EXTRA_WORKERS } from '#contracts/inside/log.ts'
import { useInside } from '../inside-context.tsx'
import { usePage } from '../page-context.ts'

/** Adds or removes a member of the group `history`. */
export function WorkerLever({ workers }: { workers: LogState['extraWorkers'] }) {
  const { socket } = useInside()
  const { demo } = usePage()
  const say = useSay()
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Text | null>(null)

  async function pull(lever: 'log:start-worker' | 'log:stop-worker') {
    setBusy(true)
    const answer = await socket?.call(lever, {})
    setTrouble(answer && !answer.ok ? problemDetail(answer) : null)
    setBusy(false)
  }

  if (!demo) return null
  return (
    <div
      className="flex flex-wrap items-center gap-2"
      data-testid="worker-lever"
      data-workers={workers.length}
    >
      <Button
        look="accent"
        onClick={() => pull('log:start-worker')}
        disabled={busy || workers.length >= MOST_EXTRA_WORKERS}
      >
        <Plus className="size-4" aria-hidden="true" />
        <span>{say({ en: 'Start another history worker', ko: 'history 워커 추가' })}</span>
      </Button>
      <Button onClick={() => pull('log:stop-worker')} disabled={busy || workers.length === 0}>
        <Minus className="size-4" aria-hidden="true" />
        <span>{say({ en: 'Stop it', ko: '중지' })}</span>
      </Button>
      {trouble && (
        <p role="alert" className="text-sm font-medium text-danger">
          {say(trouble)}
        </p>
      )}
    </div>
  )
}
