import { Card } from '#app/_ui/card.tsx'
import { Pill } from '#app/_ui/pill.tsx'
import type { Text } from '#app/_words/language.ts'
import { useSay } from '#app/_words/use-language.tsx'
import type { LabGroupState } from '#contracts/inside/groups.ts'
import { LabRow } from './lab-row.tsx'

/** What has become of the messages in one group. */
export function LabGroup({ group, ends }: { group: LabGroupState; ends: readonly number[] }) {
  const say = useSay()
  const { name, id, state, once, repeated, lost } = group
  return (
    <Card className="min-w-0">
      <div
        data-testid="lab-group"
        data-group={name}
        data-id={id}
        data-state={state}
        data-once={once}
        data-repeated={repeated}
        data-lost={lost}
      >
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <h3 className="text-lg font-bold">
            {say({ en: 'Group {name}', ko: '그룹 {name}', values: { name } })}
          </h3>
          <Pill tone={state === 'Stable' ? 'accent' : state === 'Empty' ? 'neutral' : 'warn'} dot>
            {state}
          </Pill>
        </div>
        <dl className="mt-3 grid grid-cols-3 gap-2">
          <Count label={{ en: 'Once', ko: '한 번' }} value={once} tone="text-accent" />
          <Count
            label={{ en: 'Repeated', ko: '중복' }}
            value={repeated}
            tone={repeated ? 'text-warn-soft-ink' : ''}
          />
          <Count label={{ en: 'Lost', ko: '유실' }} value={lost} tone={lost ? 'text-danger' : ''} />
        </dl>
        <ol className="mt-4 grid gap-1.5">
          {group.marks.map((marks, partition) => (
            <LabRow
              // biome-ignore lint/suspicious/noArrayIndexKey: the index is the partition's number.
              key={partition}
              group={name}
              partition={partition}
              end={ends[partition] ?? 0}
              committed={group.committed[partition] ?? null}
              {...marks}
            />
          ))}
        </ol>
        <p className="mt-2 text-right text-xs text-muted">
          {say({ en: 'committed / end of the log', ko: '커밋된 오프셋 / 로그 끝' })}
        </p>
      </div>
    </Card>
  )
}

function Count({ label, value, tone }: { label: Text; value: number; tone: string }) {
  const say = useSay()
  return (
    <div className="rounded-xl bg-sunken px-3 py-2">
      <dt className="text-note text-muted">{say(label)}</dt>
      <dd className={`text-2xl font-bold tabular-nums ${tone}`}>{value}</dd>
    </div>
  )
}
