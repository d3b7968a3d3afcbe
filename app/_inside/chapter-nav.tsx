import { useEffect, useRef, useState } from 'react'
import { useSay } from '#app/_words/use-language.tsx'
import { chapters } from './chapters.ts'

/** The chapters by number and name, of which the one that is read is marked and in view. */
export function ChapterNav() {
  const say = useSay()
  const current = useCurrentChapter()
  const list = useRef<HTMLOListElement>(null)

  useEffect(() => {
    const { current: row } = list
    const mark = current === null ? null : row?.querySelector<HTMLElement>(`[href="#${current}"]`)
    // The row alone: `scrollIntoView` would hold up a page that is being scrolled.
    if (row && mark) row.scrollTo({ left: mark.offsetLeft - (row.clientWidth - mark.offsetWidth) / 2 })
  }, [current])

  return (
    <nav
      aria-label={say({ en: 'Chapters', ko: '차례' })}
      className="sticky top-0 z-[1100] border-b border-line bg-canvas md:static"
    >
      <ol
        ref={list}
        className="relative mx-auto flex max-w-6xl gap-1 overflow-x-auto px-2 py-1 [scrollbar-width:none] sm:px-6 lg:gap-0"
      >
        {chapters.map(({ id, title }, index) => (
          <li key={id} className="shrink-0">
            <a
              href={`#${id}`}
              aria-current={id === current ? 'true' : undefined}
              className="flex min-h-11 items-center gap-1.5 rounded-xl px-2.5 text-sm font-semibold lg:gap-1 lg:px-2 lg:text-note whitespace-nowrap text-muted hover:bg-sunken hover:text-ink aria-[current]:bg-sunken aria-[current]:text-ink"
            >
              <span className="tabular-nums">{index + 1}</span>
              <span>{say(title)}</span>
            </a>
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** The id of the chapter that lies on a line in the upper third of the window; null above the first. */
function useCurrentChapter(): string | null {
  const [current, setCurrent] = useState<string | null>(null)
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries)
          setCurrent((before) => (isIntersecting ? target.id : before === target.id ? null : before))
      },
      { rootMargin: '-30% 0px -69% 0px' },
    )
    for (const { id } of chapters) {
      const section = document.getElementById(id)
      if (section) observer.observe(section)
    }
    return () => observer.disconnect()
  }, [])
  return current
}
