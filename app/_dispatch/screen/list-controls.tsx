'use client'
import { Search, X } from 'lucide-react'
import { useSay } from '#app/_words/use-language.tsx'
import type { BoardDelivery } from '#contracts/dispatch.ts'
import type { Ranked } from '#domain/attention.ts'
import { FILTERS, type Filter, passes } from '../state/filter.ts'
import { countWords, FILTER_WORDS, WORDS } from '../words.ts'

type Props = {
  /** What the search has found, whatever the filter. */
  found: readonly Ranked<BoardDelivery>[]
  shown: number
  all: number
  filter: Filter
  onFilter: (filter: Filter) => void
  query: string
  onQuery: (query: string) => void
}

/** Search, and a filter whose choices say how many there are of each. */
export function ListControls({ found, shown, all, filter, onFilter, query, onQuery }: Props) {
  const say = useSay()
  return (
    <div className="grid gap-2 border-b border-line p-3">
      <div className="relative">
        <Search
          className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted"
          aria-hidden="true"
        />
        <input
          type="text"
          inputMode="search"
          aria-label={say(WORDS.search)}
          placeholder={say(WORDS.search)}
          value={query}
          onChange={(event) => onQuery(event.target.value)}
          className="min-h-11 w-full rounded-xl border border-line bg-canvas pr-11 pl-9 text-base text-ink placeholder:text-muted"
        />
        {query !== '' && (
          <button
            type="button"
            aria-label={say(WORDS.clearSearch)}
            onClick={() => onQuery('')}
            className="absolute top-0 right-0 grid size-11 place-items-center rounded-xl text-muted hover:text-ink"
          >
            <X className="size-4" aria-hidden="true" />
          </button>
        )}
      </div>
      <fieldset className="relative -mx-3 min-w-0 overflow-x-auto px-3 py-0.5 [scrollbar-width:none]">
        <legend className="sr-only">{say(WORDS.show)}</legend>
        <div className="flex w-max gap-1.5">
          {FILTERS.map((each) => {
            // How many have ended is not known: they are read page by page.
            const count = each === 'ended' ? null : found.filter((one) => passes(one, each)).length
            const alarming = each === 'needs' && count !== 0
            return (
              <label
                key={each}
                className={`flex min-h-9 cursor-pointer items-center gap-1.5 rounded-full px-3 text-sm font-semibold whitespace-nowrap has-checked:bg-primary has-checked:text-primary-ink has-focus-visible:outline-3 has-focus-visible:outline-focus ${alarming ? 'bg-danger-soft text-danger-soft-ink' : 'bg-sunken text-ink'}`}
              >
                <input
                  type="radio"
                  name="filter"
                  value={each}
                  checked={filter === each}
                  onChange={() => onFilter(each)}
                  className="sr-only"
                />
                <span>{say(FILTER_WORDS[each])}</span>
                {count !== null && <span className="tabular-nums">{count}</span>}
              </label>
            )
          })}
        </div>
      </fieldset>
      <p className="sr-only" role="status">
        {say(countWords(shown, all))}
      </p>
    </div>
  )
}
