'use client'
import { useState } from 'react'
import { Card } from '#app/_ui/card.tsx'
import { Choice } from '#app/_ui/choice.tsx'
import { secondWords } from '#app/_words/times.ts'
import { useSay } from '#app/_words/use-language.tsx'
import { TOPIC } from '#contracts/topics.ts'
import { useWatch } from '../inside-context.tsx'
import { GroupList } from './group-list.tsx'
import { KeptLine } from './kept-line.tsx'
import { Lane } from './lane.tsx'
import { LaneLegend } from './lane-legend.tsx'
import { type LaneView, laneScale } from './lane-scale.ts'
import { useRebalances } from './use-rebalances.ts'
import { WorkerLever } from './worker-lever.tsx'

const VIEWS: readonly LaneView[] = ['whole', 'newest']

/** A topic's partitions as lanes, and the groups that read it. */
export function LogLive() {
  const say = useSay()
  const [chosen, setChosen] = useState<string>(TOPIC.locationUpdated)
  const [view, setView] = useState<LaneView>('whole')
  const seen = useWatch('log:state', { topic: chosen })
  const state = seen?.topic === chosen ? seen : null
  const rebalances = useRebalances(state)
  const topics = seen?.topics ?? [chosen]

  return (
    <div className="grid gap-5" data-testid="log-live" data-topic={state?.topic}>
      <div className="flex flex-wrap items-end gap-x-5 gap-y-3">
        <label className="grid min-w-0 basis-full gap-1.5 sm:basis-auto">
          <span className="text-sm font-medium text-muted">{say({ en: 'Topic', ko: '토픽' })}</span>
          <select
            value={chosen}
            onChange={(event) => setChosen(event.target.value)}
            className="min-h-12 min-w-0 rounded-xl border border-line bg-surface px-3 text-body font-medium sm:w-96"
          >
            {[...new Set([chosen, ...topics])].map((topic) => (
              <option key={topic} value={topic}>
                {topic}
              </option>
            ))}
          </select>
        </label>
        <Choice
          legend={say({ en: 'Lanes show', ko: '표시 범위' })}
          options={[
            { value: 0, label: say({ en: 'The whole log', ko: '전체 로그' }) },
            { value: 1, label: say({ en: 'The newest 60', ko: '최근 60개' }) },
          ]}
          value={VIEWS.indexOf(view)}
          onChange={(index) => setView(VIEWS[index] ?? 'whole')}
        />
      </div>

      <Card className="min-h-80">
        {state && state.partitions.length === 0 && (
          <p className="text-body text-muted">
            {say({ en: 'This topic is gone.', ko: '이 토픽은 삭제되었습니다.' })}
          </p>
        )}
        <ol className="-mx-2 grid gap-3 overflow-x-clip px-2">
          {state?.partitions.map((partition, number) => (
            <Lane
              // biome-ignore lint/suspicious/noArrayIndexKey: the index is the partition's number.
              key={number}
              {...{ number, partition }}
              groups={state.groups}
              scale={laneScale(state.partitions, number, view)}
            />
          ))}
        </ol>
        {state && state.partitions.length > 0 && (
          <>
            <LaneLegend segmentsTold={state.partitions.some(({ segments }) => segments !== null)} />
            <KeptLine retentionMs={state.retentionMs} kept={state.kept} />
          </>
        )}
      </Card>

      <div className="grid gap-4">
        <WorkerLever workers={state?.extraWorkers ?? []} />
        <ul
          className="grid min-h-[4.5rem] content-start gap-1 text-sm text-muted"
          data-testid="rebalances"
          aria-live="polite"
        >
          {rebalances.length === 0 && (
            <li>
              {say({
                en: 'A second worker joins the group for two minutes, and the partitions are dealt out anew.',
                ko: '두 번째 워커가 2분 동안 그룹에 참여하고, 파티션이 다시 나누어집니다(리밸런스).',
              })}
            </li>
          )}
          {rebalances.map(({ key, group, before, after, atMs }) => (
            <li key={key} className="tabular-nums">
              <span>{`${secondWords(atMs)} · `}</span>
              <span className="font-mono">{group}</span>
              <span>{` ${before} → `}</span>
              <span className="font-semibold text-ink">{after}</span>
              <span>{` ${say({ en: 'partitions', ko: '파티션' })}`}</span>
            </li>
          ))}
        </ul>
        <GroupList groups={state?.groups ?? []} />
      </div>
    </div>
  )
}
