import { memo } from 'react'
import { LAB_MARKS } from '#contracts/inside/groups.ts'
import { memberColour } from './member-colour.ts'

type Props = {
  group: string
  partition: number
  end: number
  committed: number | null
  from: number
  marks: string
  by: string
}

/** One partition as seen by one group: a dot for each of the newest messages. Re-rendered only on change. */
export const LabRow = memo(function LabRow({ group, partition, end, committed, from, marks, by }: Props) {
  return (
    <li
      className="grid grid-cols-[1.75rem_minmax(0,1fr)_5rem] items-center gap-2"
      data-testid="lab-row"
      data-group={group}
      data-partition={partition}
      data-end={end}
      data-committed={committed ?? undefined}
      data-marks={marks}
    >
      <span className="text-sm font-semibold text-muted tabular-nums">{`p${partition}`}</span>
      <span className="flex min-h-8 flex-wrap content-center gap-[3px] sm:min-h-4">
        {[...marks].map((mark, index) => {
          const offset = from + index
          return <span key={offset} className={`size-3 ${look(mark, by[index])}`} />
        })}
      </span>
      <span className="text-right text-xs text-muted tabular-nums">
        <span className="font-semibold text-ink">{committed ?? 0}</span>
        <span>{` / ${end}`}</span>
      </span>
    </li>
  )
})

function look(mark: string, by: string | undefined): string {
  const colour = by === undefined || by === '.' ? '' : memberColour(Number.parseInt(by, 36))
  switch (mark) {
    case LAB_MARKS.working:
      return `rounded-full ring-2 ring-ink ${colour}`
    case LAB_MARKS.done:
      return `rounded-full opacity-45 ${colour}`
    case LAB_MARKS.committed:
      return `rounded-full ${colour}`
    case LAB_MARKS.repeated:
      return `rounded-[3px] ${colour}`
    case LAB_MARKS.lost:
      return 'scale-90 rotate-45 bg-danger'
    default:
      return 'rounded-full border-2 border-line'
  }
}
