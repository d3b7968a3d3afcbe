'use client'
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import type { Text } from '#app/_words/language.ts'
import { useSay } from '#app/_words/use-language.tsx'
import type { BoardDelivery } from '#contracts/dispatch.ts'
import type { Ranked } from '#domain/attention.ts'
import { DeliveryRow, ROW_PX } from './delivery-row.tsx'

/** Rows beyond the window that are there already when they are scrolled to. */
const SPARE_ROWS = 4

type Props = {
  ranked: readonly Ranked<BoardDelivery>[]
  selected: string | null
  onSelect: (id: string) => void
  label: Text
  empty: Text
}

/**
 * All rows are of one height, so only those in the window are made: five hundred deliveries cost as much as a dozen. To
 * assistive technology it is a listbox that says of each option which one of how many it is.
 */
export function DeliveryList({ ranked, selected, onSelect, label, empty }: Props) {
  const say = useSay()
  const listId = useId()
  const box = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ top: 0, height: 800 })
  const [active, setActive] = useState<string | null>(null)

  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const measure = () => setView({ top: element.scrollTop, height: element.clientHeight })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const indexOf = (id: string | null) => ranked.findIndex(({ delivery }) => delivery.id === id)
  const activeIndex = indexOf(active ?? selected)
  const first = Math.max(0, Math.floor(view.top / ROW_PX) - SPARE_ROWS)
  const last = Math.min(ranked.length, Math.ceil((view.top + view.height) / ROW_PX) + SPARE_ROWS)

  function bringIntoView(index: number) {
    const element = box.current
    if (!element || index < 0) return
    const top = index * ROW_PX
    if (top < element.scrollTop) element.scrollTop = top
    else if (top + ROW_PX > element.scrollTop + element.clientHeight)
      element.scrollTop = top + ROW_PX - element.clientHeight
  }

  // A rider that was selected on the map.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when another one is selected, not when rows move.
  useEffect(() => {
    // Closed, the sheet leaves the arrow keys where they were.
    if (selected === null) return
    setActive(selected)
    bringIntoView(indexOf(selected))
  }, [selected])

  function onKeyDown(event: KeyboardEvent) {
    const page = Math.max(1, Math.floor(view.height / ROW_PX) - 1)
    const steps: Record<string, number> = {
      ArrowDown: activeIndex + 1,
      ArrowUp: activeIndex - 1,
      PageDown: activeIndex + page,
      PageUp: activeIndex - page,
      Home: 0,
      End: ranked.length - 1,
    }
    const wanted = steps[event.key]
    if (wanted !== undefined) {
      event.preventDefault()
      const index = Math.min(Math.max(wanted, 0), ranked.length - 1)
      setActive(ranked[index]?.delivery.id ?? null)
      bringIntoView(index)
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      const chosen = ranked[activeIndex]
      if (chosen) onSelect(chosen.delivery.id)
    }
  }

  const isThere = activeIndex >= first && activeIndex < last
  return (
    <div
      ref={box}
      role="listbox"
      tabIndex={0}
      aria-label={say(label)}
      aria-activedescendant={isThere ? `${listId}-${ranked[activeIndex]?.delivery.id}` : undefined}
      onKeyDown={onKeyDown}
      onFocus={() => setActive((before) => before ?? selected ?? ranked[0]?.delivery.id ?? null)}
      onScroll={({ currentTarget }) =>
        setView({ top: currentTarget.scrollTop, height: currentTarget.clientHeight })
      }
      className="group relative min-h-0 flex-1 overflow-y-auto overscroll-contain outline-offset-[-3px]"
      data-testid="board-list"
    >
      {ranked.length === 0 ? (
        <div className="px-5 py-10 text-center text-muted">{say(empty)}</div>
      ) : (
        <div role="presentation" style={{ height: ranked.length * ROW_PX }}>
          {ranked.slice(first, last).map((each, offset) => (
            <DeliveryRow
              key={each.delivery.id}
              id={`${listId}-${each.delivery.id}`}
              delivery={each.delivery}
              attention={each.attention}
              top={(first + offset) * ROW_PX}
              position={first + offset + 1}
              size={ranked.length}
              isSelected={each.delivery.id === selected}
              isActive={first + offset === activeIndex}
              onSelect={onSelect}
            />
          ))}
        </div>
      )}
    </div>
  )
}
