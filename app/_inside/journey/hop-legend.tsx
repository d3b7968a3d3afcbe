'use client'
import { useSay } from '#app/_words/use-language.tsx'
import { HOPS } from './hops.ts'
import { PLACE_LOOKS } from './place-looks.ts'

/** The parts of a bar, in order. */
export function HopLegend({ group }: { group: string }) {
  const say = useSay()
  return (
    <ol className="flex flex-wrap gap-x-3 gap-y-1.5 text-note text-muted">
      {HOPS.map(({ id, name, place }, index) => (
        <li key={id} className="flex items-center gap-1.5">
          <span
            className={`grid size-5 place-items-center rounded-md text-xs font-semibold tabular-nums ${PLACE_LOOKS[place]}`}
            aria-hidden="true"
          >
            {index + 1}
          </span>
          <span>{say(name)}</span>
          {id === 'consume' && group !== '' && (
            <code data-testid="journey-group" className="font-mono text-xs text-ink">
              {group}
            </code>
          )}
        </li>
      ))}
    </ol>
  )
}
