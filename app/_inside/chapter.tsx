'use client'
import { type ComponentType, useEffect, useRef, useState } from 'react'
import type { Text } from '#app/_words/language.ts'
import { useSay } from '#app/_words/use-language.tsx'
import { ActiveContext } from './inside-context.tsx'

export type ChapterOfPage = {
  /** Also the fragment of its address. */
  id: string
  title: Text
  /** Two sentences. */
  words: Text
  /** The picture and its controls. Loaded when the chapter first becomes visible. */
  Live: ComponentType
}

/** One chapter: its text, and its picture, which updates only while it is visible. */
export function Chapter({ chapter, number }: { chapter: ChapterOfPage; number: number }) {
  const say = useSay()
  const { ref, active, seen } = useLookedAt()
  const { id, title, words, Live } = chapter
  return (
    <section
      id={id}
      ref={ref}
      aria-labelledby={`${id}-title`}
      data-testid={`chapter-${id}`}
      data-active={active}
      className="scroll-mt-14 border-t border-line pt-10 pb-14 md:scroll-mt-40"
    >
      <p className="text-sm font-semibold text-accent tabular-nums">{number}</p>
      <h2 id={`${id}-title`} className="mt-1 text-2xl font-bold tracking-tight text-balance sm:text-3xl">
        {say(title)}
      </h2>
      <p className="mt-3 max-w-3xl text-lead leading-relaxed text-pretty text-muted">{say(words)}</p>
      <div className="inside-picture mt-7 min-h-[44rem]">
        {seen && (
          <ActiveContext value={active}>
            <Live />
          </ActiveContext>
        )}
      </div>
    </section>
  )
}

/** A chapter is active while it reaches into the middle of the window. */
function useLookedAt() {
  const ref = useRef<HTMLElement>(null)
  const [active, setActive] = useState(false)
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    const { current } = ref
    if (!current) return
    const observer = new IntersectionObserver(
      ([entry]) => {
        const isActive = entry?.isIntersecting ?? false
        setActive(isActive)
        if (isActive) setSeen(true)
      },
      { rootMargin: '-35% 0px -35% 0px' },
    )
    observer.observe(current)
    return () => observer.disconnect()
  }, [])
  return { ref, active, seen }
}
