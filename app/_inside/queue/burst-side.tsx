'use client'
import { Card } from '#app/_ui/card.tsx'
import { useSay } from '#app/_words/use-language.tsx'
import type { BurstSide as Side } from '#contracts/inside/queue.ts'
import { figuresOf } from './figures.ts'
import { Timeline } from './timeline.tsx'
import * as words from './words.ts'

type Props = {
  id: 'http' | 'queue'
  title: string
  /** null before the first burst. */
  side: Side | null
  nowMs: number
  spanMs: number
  /** Shown right of the title. */
  note: string
}

/** The burst done one way: its timeline, and what the callers experienced. */
export function BurstSide({ id, title, side, nowMs, spanMs, note }: Props) {
  const say = useSay()
  const figures = side && figuresOf(side)
  return (
    <div data-testid={id}>
      <Card>
        <div className="flex min-h-6 flex-wrap items-baseline justify-between gap-x-4">
          <h3 className="text-body font-semibold">{title}</h3>
          <p data-testid="note" className="text-note text-muted tabular-nums">
            {note}
          </p>
        </div>
        <dl className="mt-3 mb-4 grid grid-cols-3 gap-x-4 gap-y-3 sm:grid-cols-6">
          <Figure name="p50" label={say(words.p50)} value={figures?.p50Ms} format={words.milliseconds} />
          <Figure name="p99" label={say(words.p99)} value={figures?.p99Ms} format={words.milliseconds} />
          <Figure
            name="held"
            label={say(words.held)}
            value={figures?.held}
            note={figures ? say(words.mostHeld(figures.mostHeld)) : undefined}
          />
          <Figure name="done" label={say(words.done)} value={figures?.done} />
          <Figure name="failed" label={say(words.failed)} value={figures?.failed} alarming />
          <Figure name="repeated" label={say(words.repeated)} value={figures?.repeated} />
        </dl>
        <div className="h-[200px]">
          {side ? (
            <Timeline
              label={say(words.timelineOf(title, side.asked.length))}
              side={side}
              nowMs={nowMs}
              spanMs={spanMs}
              awayWord={say(words.away)}
            />
          ) : (
            <p className="grid h-full place-items-center rounded-2xl bg-sunken px-6 text-center text-body text-muted">
              {say(words.empty)}
            </p>
          )}
        </div>
      </Card>
    </div>
  )
}

type FigureProps = {
  name: string
  label: string
  value: number | undefined
  format?: (value: number) => string
  note?: string | undefined
  /** Any number above 0 is bad. */
  alarming?: boolean
}

function Figure({ name, label, value, format = String, note, alarming = false }: FigureProps) {
  return (
    <div>
      <dt className="text-note font-medium text-muted">{label}</dt>
      <dd
        className={`text-xl font-bold tracking-tight whitespace-nowrap tabular-nums ${alarming && value ? 'text-danger' : ''}`}
      >
        <span data-testid={name} data-value={value}>
          {value === undefined ? '–' : format(value)}
        </span>
        {note && <span className="ml-2 text-note font-medium tracking-normal text-muted">{note}</span>}
      </dd>
    </div>
  )
}
