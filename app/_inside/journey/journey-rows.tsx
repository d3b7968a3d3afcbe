'use client'
import { useSay } from '#app/_words/use-language.tsx'
import type { Journey } from '#contracts/inside/journey.ts'
import { HopBar } from './hop-bar.tsx'
import { shortMs, totalMs } from './hops.ts'

type Props = {
  /** Newest first. */
  journeys: readonly Journey[]
  chosenSeq: number | null
  onChoose(seq: number): void
}

/** The newest points, each with its hops. */
export function JourneyRows({ journeys, chosenSeq, onChoose }: Props) {
  const say = useSay()
  return (
    <ul className="grid gap-1" data-testid="journey-rows">
      {journeys.map((journey) => {
        const { location, partition, offset, partition: p } = journey
        const chosen = location.seq === chosenSeq
        return (
          <li key={location.seq}>
            <button
              type="button"
              aria-pressed={chosen}
              onClick={() => onChoose(location.seq)}
              data-testid="journey-row"
              data-seq={location.seq}
              data-partition={partition}
              data-offset={offset}
              data-request-id={journey.requestId ?? undefined}
              className={`grid w-full grid-cols-[1fr_auto] items-center gap-x-3 gap-y-1 rounded-xl px-2 py-1.5 text-left sm:min-h-11 sm:grid-cols-[10.5rem_minmax(0,1fr)_4.25rem] ${
                chosen ? 'bg-raised ring-2 ring-accent' : 'hover:bg-sunken'
              }`}
            >
              <span className="min-w-0 text-note text-muted tabular-nums">
                <b className="mr-1.5 text-body text-ink">{location.seq}</b>
                <span>
                  {say({
                    en: 'p {p} · offset {offset}',
                    ko: 'p {p} · 오프셋 {offset}',
                    values: { p, offset },
                  })}
                </span>
              </span>
              <span className="col-span-2 row-start-2 min-w-0 sm:col-span-1 sm:row-start-auto">
                <HopBar journey={journey} />
              </span>
              <span className="text-right text-note font-semibold tabular-nums sm:order-last">
                {`${shortMs(totalMs(journey))}${totalMs(journey) < 10_000 ? ' ms' : ''}`}
              </span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
