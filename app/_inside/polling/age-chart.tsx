'use client'
import { Card } from '#app/_ui/card.tsx'
import { useSay } from '#app/_words/use-language.tsx'
import { Chart } from '../chart.tsx'
import { WINDOW_S } from './comparison.ts'
import * as words from './words.ts'

const NOTHING = [[0], [null], [null]] as const
const RANGE = [-WINDOW_S, 0] as const
/** The axis ends at a multiple of this, so that it does not move with each report. */
const STEP_S = 2

/** The age of what each side showed, over the last minute: one tooth per location. */
export function AgeChart({ data }: { data: readonly (readonly (number | null)[])[] | null }) {
  const say = useSay()
  const [, polled = [], pushed = []] = data ?? NOTHING
  const oldest = Math.max(STEP_S, ...[...polled, ...pushed].map((age) => age ?? 0))
  return (
    <Card>
      <h3 className="text-body font-semibold">{say(words.chartTitle)}</h3>
      <p className="mt-1 mb-3 text-note text-muted">{say(words.chartHint)}</p>
      <Chart
        label={say(words.chartTitle)}
        x={{ label: say(words.secondsAgo), range: RANGE, format: (value) => String(-value) }}
        y={{ label: say(words.ageAxis), range: [0, Math.ceil(oldest / STEP_S) * STEP_S] }}
        lines={[
          { label: say(words.polledShort), colour: 'info-soft-ink' },
          { label: say(words.pushedTitle), colour: 'accent' },
        ]}
        data={data ?? NOTHING}
      />
    </Card>
  )
}
