import { useSay } from '#app/_words/use-language.tsx'
import type { LogGroup, LogState } from '#contracts/inside/log.ts'
import { groupColour, placeOf } from './group-looks.ts'
import type { LaneScale } from './lane-scale.ts'

type Props = {
  number: number
  partition: LogState['partitions'][number]
  groups: readonly LogGroup[]
  scale: LaneScale
}

/** With more records in a lane, each would be narrower than its border. */
const MOST_CELLS = 90
const GLIDE = 'transition-transform duration-200 ease-out motion-reduce:transition-none'

/** One partition: its records, and below them each group's position. */
export function Lane({ number, partition: { low, high, segments }, groups, scale }: Props) {
  const cells = scale.span <= MOST_CELLS
  return (
    <li
      // Marks are moved by the width of the lane, at most out of it.
      className="grid grid-cols-[1.75rem_minmax(0,1fr)_4.25rem] items-center gap-x-2 gap-y-1 overflow-x-clip"
      data-testid="lane"
      data-partition={number}
      data-low={low}
      data-high={high}
      data-segments={segments?.join(',')}
    >
      <span className="text-sm font-semibold text-muted tabular-nums">{`p${number}`}</span>
      <div className="relative h-5 overflow-hidden rounded-md bg-sunken">
        <Stretch from={scale.at(low)} to={scale.at(high)} className="bg-accent-soft" />
        {cells && (
          <div
            className="absolute inset-0"
            style={{
              clipPath: `inset(0 ${100 - scale.at(high)}% 0 ${scale.at(low)}%)`,
              backgroundImage: 'linear-gradient(to right, transparent calc(100% - 1px), var(--surface) 0)',
              backgroundSize: `${100 / scale.span}% 100%`,
            }}
          />
        )}
        {low > scale.start && <At percent={scale.at(low)} className="w-0.5 bg-danger" />}
        {segments
          ?.filter((offset) => offset > scale.start)
          .map((offset) => (
            <At key={offset} percent={scale.at(offset)} className="w-0.5 bg-ink" />
          ))}
        <At percent={scale.at(high)} className="w-1 bg-accent" />
      </div>
      <span className="text-right text-note font-semibold tabular-nums">{high.toLocaleString('en')}</span>
      {groups.map((group, index) => (
        <Reader key={group.id} {...{ group, number, low, high, scale }} colour={groupColour(index)} />
      ))}
    </li>
  )
}

function Reader({
  group,
  number,
  low,
  high,
  scale,
  colour,
}: {
  group: LogGroup
  number: number
  low: number
  high: number
  scale: LaneScale
  colour: string
}) {
  const say = useSay()
  const committed = group.committed?.[number] ?? null
  const position = group.positions?.[number] ?? null
  const place = placeOf(group, number, low)
  const lag = place === null ? null : Math.max(0, high - place)
  return (
    <div
      className={`contents ${colour}`}
      data-testid="reader"
      data-group={group.id}
      data-committed={committed ?? undefined}
      data-position={position ?? undefined}
      data-lag={lag ?? undefined}
    >
      <span />
      <div className="relative h-3">
        <div className="absolute inset-x-0 top-1/2 h-px bg-line" />
        {place !== null && (
          <Stretch from={scale.at(place)} to={scale.at(high)} className="top-[5px] bottom-[5px] bg-current" />
        )}
        {position !== null && (
          <At percent={scale.at(position)} className="-translate-x-1/2">
            <span className="block size-2 translate-y-0.5 rounded-full bg-current" />
          </At>
        )}
        {committed !== null && (
          <At percent={scale.at(committed)} className="-translate-x-1/2">
            <span className="block size-3 bg-current [clip-path:polygon(50%_0,100%_100%,0_100%)]" />
          </At>
        )}
      </div>
      <span className={`text-right text-xs font-medium tabular-nums ${lag ? '' : 'text-muted'}`}>
        {lag === null
          ? '–'
          : say({ en: 'lag {lag}', ko: '랙 {lag}', values: { lag: lag.toLocaleString('en') } })}
      </span>
    </div>
  )
}

/** A bar between two percentages of the lane. */
function Stretch({ from, to, className }: { from: number; to: number; className: string }) {
  return (
    <div
      className={`absolute inset-0 origin-left ${GLIDE} ${className}`}
      style={{ transform: `translateX(${from}%) scaleX(${Math.max(0, to - from) / 100})` }}
    />
  )
}

/** A mark at a percentage of the lane. */
function At({
  percent,
  className,
  children,
}: {
  percent: number
  className: string
  children?: React.ReactNode
}) {
  return (
    <div className={`absolute inset-0 ${GLIDE}`} style={{ transform: `translateX(${percent}%)` }}>
      <div className={`absolute inset-y-0 left-0 ${className}`}>{children}</div>
    </div>
  )
}
