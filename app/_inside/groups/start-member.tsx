'use client'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { Choice } from '#app/_ui/choice.tsx'
import { useSay } from '#app/_words/use-language.tsx'
import { LAB_GROUPS } from '#contracts/inside/groups.ts'
import type { CallInput } from '#contracts/inside/protocol.ts'
import { COMMITS, THREADS } from './lab-texts.ts'

type Wanted = CallInput<'lab:start-member'>
const SLOWNESS_MS = [20, 300, 1_000]

/** Settings of the next consumer. */
export function StartMember({ onStart }: { onStart: (wanted: Wanted) => void }) {
  const say = useSay()
  const [wanted, setWanted] = useState<Wanted>({ group: 'A', commit: 'auto', threads: 1, slowMs: 300 })
  const change = (next: Partial<Wanted>) => setWanted((before) => ({ ...before, ...next }))
  const way = COMMITS.findIndex(({ commit }) => commit === wanted.commit)
  return (
    <div className="grid grid-cols-1 gap-3">
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <Choice
          legend={say({ en: 'Group id', ko: '그룹 ID' })}
          options={LAB_GROUPS.map((label, value) => ({ label, value }))}
          value={LAB_GROUPS.indexOf(wanted.group)}
          onChange={(index) => change({ group: LAB_GROUPS[index] ?? 'A' })}
        />
        <Choice
          legend={say({ en: 'Commit', ko: '커밋' })}
          options={COMMITS.map(({ label }, value) => ({ label: say(label), value }))}
          value={way}
          onChange={(index) => change({ commit: COMMITS[index]?.commit ?? 'auto' })}
        />
        <Choice
          legend={say({ en: 'Threads', ko: '스레드' })}
          options={[1, 2, 3, 4].map((value) => ({ label: String(value), value }))}
          value={wanted.threads}
          onChange={(threads) => change({ threads })}
        />
        <Choice
          legend={say({ en: 'Milliseconds per message', ko: '메시지당 처리 시간(ms)' })}
          options={SLOWNESS_MS.map((value) => ({ label: String(value), value }))}
          value={wanted.slowMs}
          onChange={(slowMs) => change({ slowMs })}
        />
      </div>
      <p className="min-h-10 text-note text-pretty text-muted sm:min-h-5">
        {say(COMMITS[way]?.long ?? THREADS)}
      </p>
      <div className="flex flex-wrap items-center gap-3">
        <Button look="accent" onClick={() => onStart(wanted)}>
          <Plus className="size-4" aria-hidden="true" />
          <span>{say({ en: 'Start a consumer', ko: '컨슈머 시작' })}</span>
        </Button>
        <details className="min-w-0 flex-1 basis-64 text-note text-muted">
          <summary className="flex min-h-11 cursor-pointer items-center font-medium underline decoration-line underline-offset-4 hover:text-ink">
            {say({ en: 'What are threads here?', ko: '여기서 스레드란?' })}
          </summary>
          <p className="max-w-3xl text-pretty">{say(THREADS)}</p>
        </details>
      </div>
    </div>
  )
}
