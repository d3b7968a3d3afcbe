import { Button } from '#app/_ui/button.tsx'
import { Pill } from '#app/_ui/pill.tsx'
import { useSay } from '#app/_words/use-language.tsx'
import type { LabMemberState } from '#contracts/inside/groups.ts'
import { COMMITS, STATES } from './lab-texts.ts'
import { memberColour } from './member-colour.ts'

type Props = {
  members: readonly LabMemberState[]
  onStop: (number: number) => void
  onCrash: (number: number) => void
}

/** The running consumers: their partitions and counts, and buttons to end them. */
export function MemberList({ members, onStop, onCrash }: Props) {
  const say = useSay()
  return (
    <ul className="grid grid-cols-1 gap-2 lg:grid-cols-2">
      {members.map(({ number, group, commit, threads, slowMs, state, id, partitions, begun, done }) => {
        const runs = state !== 'stopped' && state !== 'crashed'
        const way = COMMITS.find((each) => each.commit === commit)
        return (
          <li
            key={number}
            className={`grid min-w-0 gap-2 rounded-2xl border border-line bg-surface p-3 ${runs ? '' : 'opacity-60'}`}
            data-testid="lab-member"
            data-number={number}
            data-group={group}
            data-state={state}
            data-member={id ?? undefined}
            data-partitions={partitions.join(',')}
            data-begun={begun}
            data-done={done}
          >
            <div className="flex flex-wrap items-center gap-2">
              <span
                className={`grid size-7 place-items-center rounded-full text-sm font-bold text-surface tabular-nums ${memberColour(number)}`}
              >
                {number}
              </span>
              <span className="text-body font-semibold">
                {say({ en: 'Group {group}', ko: '그룹 {group}', values: { group } })}
              </span>
              <Pill tone={STATES[state].tone} dot>
                {say(STATES[state].label)}
              </Pill>
              <span className="ml-auto flex flex-wrap gap-1">
                {partitions.map((partition) => (
                  <span
                    key={partition}
                    className="grid h-6 min-w-6 place-items-center rounded-md bg-sunken text-xs font-semibold tabular-nums"
                  >
                    {partition}
                  </span>
                ))}
              </span>
            </div>
            <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-2">
              <p className="text-note text-muted tabular-nums">
                <span>{`${say({ en: 'done', ko: '완료' })} `}</span>
                <span className="font-semibold text-ink">{done}</span>
                <span>{` · ${say({ en: 'begun', ko: '시작' })} ${begun} · ${slowMs} ms ×${threads} · `}</span>
                <span>
                  {way && say({ en: 'commit {way}', ko: '커밋 {way}', values: { way: way.label } })}
                </span>
              </p>
              {runs && (
                <span className="flex gap-2">
                  <Button onClick={() => onStop(number)}>{say({ en: 'Stop', ko: '중지' })}</Button>
                  <Button look="danger" onClick={() => onCrash(number)}>
                    {say({ en: 'Crash', ko: '강제 종료' })}
                  </Button>
                </span>
              )}
            </div>
          </li>
        )
      })}
    </ul>
  )
}
