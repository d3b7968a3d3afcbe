'use client'
import { Pill } from '#app/_ui/pill.tsx'
import { useSay } from '#app/_words/use-language.tsx'
import type { Delivery } from '#contracts/delivery.ts'
import type { Location } from '#contracts/location.ts'
import type { Numbers } from './comparison.ts'
import { SmallMap } from './small-map.tsx'
import * as words from './words.ts'

type Props = {
  id: 'polled' | 'pushed'
  title: string
  delivery: Delivery
  trail: readonly Location[]
  freshness: string
  /** null before anything was counted. */
  numbers: Numbers | null
  requests: number
  /** What came for these requests. */
  detail: string
}

/** One way of following a delivery: its map, its cost, and the age of what it shows. */
export function Side({ id, title, delivery, trail, freshness, numbers, requests, detail }: Props) {
  const say = useSay()
  const ages = numbers?.ages ?? null
  const newest = trail.at(-1)
  return (
    <section
      aria-label={title}
      data-testid={id}
      data-ended={numbers?.ended ?? false}
      data-seq={newest?.seq ?? 0}
      className="overflow-hidden rounded-3xl border border-line bg-surface"
    >
      <h3 className="flex min-h-13 items-center justify-between gap-3 px-5 text-body font-semibold">
        <span className="flex items-center gap-2">
          <span
            className={`size-2.5 rounded-full ${id === 'polled' ? 'bg-info-soft-ink' : 'bg-accent'}`}
            aria-hidden="true"
          />
          <span>{title}</span>
        </span>
        {numbers?.ended ? (
          <Pill tone="neutral">{say(words.ended)}</Pill>
        ) : (
          !newest && <Pill tone="info">{say(words.nothingToSee)}</Pill>
        )}
      </h3>
      <div className="h-60 sm:h-72">
        <SmallMap label={say(words.mapOf(title))} delivery={delivery} trail={trail} freshness={freshness} />
      </div>
      <dl className="grid grid-cols-2 gap-px bg-line sm:grid-cols-4">
        <Figure name="requests" label={say(words.requests)} value={requests} text={String(requests)} />
        <Figure
          name="bytes"
          label={say(words.received)}
          value={numbers?.bytes ?? 0}
          text={words.size(numbers?.bytes ?? 0)}
        />
        <Figure
          name="mean-age"
          label={say(words.meanAge)}
          value={ages?.meanMs ?? null}
          text={words.seconds(ages?.meanMs)}
        />
        <Figure
          name="worst-age"
          label={say(words.worstAge)}
          value={ages?.worstMs ?? null}
          text={words.seconds(ages?.worstMs)}
        />
      </dl>
      <p data-testid="detail" className="border-t border-line px-5 py-3 text-note text-muted tabular-nums">
        {detail}
      </p>
    </section>
  )
}

function Figure(props: { name: string; label: string; value: number | null; text: string }) {
  const { name, label, value, text } = props
  return (
    <div className="bg-surface px-4 py-3 sm:px-5">
      <dt className="text-note font-medium text-muted">{label}</dt>
      <dd
        data-testid={name}
        data-value={value ?? undefined}
        className="text-xl font-bold tracking-tight whitespace-nowrap tabular-nums"
      >
        {text}
      </dd>
    </div>
  )
}
