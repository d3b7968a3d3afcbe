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
  const { ref, picture, active, seen } = useLookedAt()
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
      <div ref={picture} className="inside-picture mt-7 min-h-[44rem]">
        {seen && (
          <ActiveContext value={active}>
            <Live />
          </ActiveContext>
        )}
      </div>
    </section>
  )
}

/** Tells whether the element is within these bounds of the window, now and whenever that changes. */
function look(element: Element | null, rootMargin: string, tell: (isIn: boolean) => void): () => void {
  if (!element) return () => {}
  const observer = new IntersectionObserver(([entry]) => tell(entry?.isIntersecting ?? false), { rootMargin })
  observer.observe(element)
  return () => observer.disconnect()
}

/** A chapter is active while it reaches into the middle of the window, and seen once its picture has come into the window. */
function useLookedAt() {
  const ref = useRef<HTMLElement>(null)
  const picture = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(false)
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    const stopLooking = [
      look(ref.current, '-35% 0px -35% 0px', setActive),
      // Its upper edge alone says nothing yet, and to load it costs more than all the words of the page.
      look(picture.current, '0px 0px -12% 0px', (isIn) => isIn && setSeen(true)),
    ]
    return () => {
      for (const stop of stopLooking) stop()
    }
  }, [])
  return { ref, picture, active, seen }
}
