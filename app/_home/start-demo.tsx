'use client'
import { ChevronDown, Play } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { type ApiFailure, callApi } from '#app/_http/call-api.ts'
import { Button } from '#app/_ui/button.tsx'
import { Card } from '#app/_ui/card.tsx'
import type { Text } from '#app/_words/language.ts'
import { useSay } from '#app/_words/use-language.tsx'
import { type CreateDeliveryAnswer, createDeliveryAnswerSchema } from '#contracts/http.ts'
import { DeliveryLinks } from './delivery-links.tsx'
import { failedWords, WORDS } from './words.ts'

type Start = 'idle' | 'busy' | { failed: ApiFailure } | { started: CreateDeliveryAnswer }

/** A prepared delivery, to choose from. */
export type Scenario = { id: string; title: Text }

/** One button, one new delivery, and its links. */
export function StartDemo({ scenarios }: { scenarios: readonly Scenario[] }) {
  const router = useRouter()
  const say = useSay()
  const [scenario, setScenario] = useState('')
  const [start, setStart] = useState<Start>('idle')

  async function create() {
    setStart('busy')
    const body = scenario === '' ? {} : { scenario }
    const answer = await callApi(createDeliveryAnswerSchema, '/api/deliveries', { method: 'POST', body })
    setStart(answer.ok ? { started: answer.value } : { failed: answer })
    if (answer.ok) router.refresh()
  }

  const started = typeof start === 'object' && 'started' in start ? start.started : null
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <div className="flex flex-col gap-3 sm:flex-row sm:items-center">
        <Button look="accent" size="lg" disabled={start === 'busy'} onClick={create}>
          <Play className="size-5" aria-hidden="true" />
          <span>{say(start === 'busy' ? WORDS.starting : WORDS.start)}</span>
        </Button>
        <div className="relative">
          <select
            aria-label={say(WORDS.which)}
            value={scenario}
            onChange={(event) => setScenario(event.target.value)}
            className="min-h-14 w-full min-w-0 appearance-none rounded-2xl border border-line bg-surface pr-11 pl-4 text-body font-medium"
          >
            <option value="">{say(WORDS.any)}</option>
            {scenarios.map(({ id, title }) => (
              <option key={id} value={id}>
                {say(title)}
              </option>
            ))}
          </select>
          <ChevronDown
            className="pointer-events-none absolute top-1/2 right-4 size-4 -translate-y-1/2 text-muted"
            aria-hidden="true"
          />
        </div>
      </div>
      <div role="status">
        {typeof start === 'object' && 'failed' in start && (
          <p className="rounded-2xl bg-danger-soft px-4 py-3 text-body font-medium text-danger-soft-ink">
            {failedWords(start.failed, WORDS.notStarted, say)}
          </p>
        )}
        {started && (
          <Card>
            <h2 className="text-lg font-bold tracking-tight">{say(WORDS.ready)}</h2>
            <p className="mt-1 mb-5 text-body text-muted">
              <span className="max-md:hidden">{say(WORDS.readyHow)}</span>
              <span className="md:hidden">{say(WORDS.readyHowPhone)}</span>
            </p>
            <DeliveryLinks started={started} />
          </Card>
        )}
      </div>
    </div>
  )
}
