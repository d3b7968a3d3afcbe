'use client'
import { Card } from '#app/_ui/card.tsx'
import type { Text } from '#app/_words/language.ts'
import { useSay } from '#app/_words/use-language.tsx'
import type { FaultsState } from '#contracts/inside/faults.ts'
import { BreakerPicture } from './breaker-picture.tsx'

type State = FaultsState['breaker']

/** The breaker before Kafka and what it counts. */
export function Breaker({ state }: { state: State | null }) {
  const say = useSay()
  const opened = (state?.transitions ?? []).filter(({ to }) => to === 'Open')
  return (
    <Card>
      <div data-testid="breaker" data-state={state?.state}>
        <BreakerPicture state={state} />
        <dl className="mt-4 grid grid-cols-3 gap-x-3 gap-y-3 sm:grid-cols-5">
          <Figure id="successes" name={{ en: 'worked', ko: '성공' }} value={state?.successes} />
          <Figure
            id="failures"
            name={{ en: 'fails in row', ko: '연속 실패' }}
            value={state?.failuresInRow}
            of={state?.failuresToOpen}
          />
          <Figure
            id="opened"
            name={{ en: 'opened', ko: '열린 횟수' }}
            value={opened.reduce((all, { times }) => all + times, 0)}
          />
          <Figure id="refused" name={{ en: 'refused', ko: '거절' }} value={state?.refused} />
          <div>
            <dt className="text-note text-muted">{say({ en: 'next trial', ko: '다음 시도' })}</dt>
            <dd className="text-lg font-semibold tabular-nums" data-testid="breaker-trial">
              {say(trialWords(state?.nextTrialInMs ?? null))}
            </dd>
          </div>
        </dl>
      </div>
    </Card>
  )
}

type FigureProps = { id: string; name: Text; value: number | undefined; of?: number | undefined }

function Figure({ id, name, value, of }: FigureProps) {
  const say = useSay()
  return (
    <div>
      <dt className="text-note text-muted">{say(name)}</dt>
      <dd className="text-lg font-semibold tabular-nums">
        <span data-testid={`breaker-${id}`}>{value ?? '–'}</span>
        {of !== undefined && <span className="text-sm font-medium text-muted">{` / ${of}`}</span>}
      </dd>
    </div>
  )
}

function trialWords(inMs: number | null): Text {
  if (inMs === null) return { en: '–', ko: '–' }
  if (inMs === 0) return { en: 'next post', ko: '다음 요청' }
  const seconds = (inMs / 1_000).toFixed(1)
  return { en: '≤ {seconds} s', ko: '{seconds}초 이내', values: { seconds } }
}
