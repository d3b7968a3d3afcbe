'use client'
import { useSay } from '#app/_words/use-language.tsx'
import type { Journey } from '#contracts/inside/journey.ts'
import { HOPS, hopsOf, shortMs } from './hops.ts'
import { PLACE_LOOKS } from './place-looks.ts'

/** One point's hops side by side. Widths are logarithmic, so that a millisecond is visible beside a second. */
export function HopBar({ journey }: { journey: Journey }) {
  const say = useSay()
  return (
    <span className="flex min-w-0 gap-0.5">
      {hopsOf(journey).map(({ id, ms }, index) => {
        const { name, place } = HOPS[index] as (typeof HOPS)[number]
        return (
          <span
            key={id}
            data-hop={id}
            data-ms={ms ?? undefined}
            title={`${say(name)}: ${ms === null ? '–' : `${ms} ms`}`}
            style={{ flexGrow: ms === null ? 0 : Math.log10(1 + ms) }}
            className={`grid h-8 min-w-8 basis-0 place-items-center rounded-md text-xs font-semibold tabular-nums ${
              ms === null ? 'border border-dashed border-line text-muted' : PLACE_LOOKS[place]
            }`}
          >
            {ms === null ? '–' : shortMs(ms)}
          </span>
        )
      })}
    </span>
  )
}
