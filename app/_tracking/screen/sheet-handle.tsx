'use client'
import { ChevronDown, ChevronUp } from 'lucide-react'
import { type PointerEvent, useRef } from 'react'
import { useSay } from '#app/_words/use-language.tsx'
import { WORDS } from './words.ts'

/** A finger that moved less has pressed. */
const DRAG_PX = 24

type Props = { isOpen: boolean; onChange: (isOpen: boolean) => void; controls: string }

/** Folds and unfolds the sheet: pressed, or pulled in the direction it should go. */
export function SheetHandle({ isOpen, onChange, controls }: Props) {
  const say = useSay()
  /** Where the press began; null once it has become a drag, or without one. */
  const fromY = useRef<number | null>(null)
  const wasDrag = useRef(false)

  function begin(event: PointerEvent<HTMLButtonElement>) {
    event.currentTarget.setPointerCapture(event.pointerId)
    fromY.current = event.clientY
    wasDrag.current = false
  }
  function drag({ clientY }: PointerEvent) {
    if (fromY.current === null || Math.abs(clientY - fromY.current) < DRAG_PX) return
    onChange(clientY < fromY.current)
    fromY.current = null
    wasDrag.current = true
  }
  function letGo() {
    fromY.current = null
  }
  function press() {
    if (!wasDrag.current) onChange(!isOpen)
    wasDrag.current = false
  }

  const Chevron = isOpen ? ChevronUp : ChevronDown
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      aria-controls={controls}
      aria-label={say(WORDS.details)}
      data-testid="sheet-handle"
      onPointerDown={begin}
      onPointerMove={drag}
      onPointerUp={letGo}
      onPointerCancel={letGo}
      onClick={press}
      className="sticky top-0 z-10 grid h-7 w-full shrink-0 touch-none place-items-center bg-surface md:absolute md:top-4 md:right-4 md:size-11 md:rounded-full md:hover:bg-sunken"
    >
      <span className="h-1 w-10 rounded-full bg-muted md:hidden" aria-hidden="true" />
      <Chevron className="hidden size-5 text-muted md:block" aria-hidden="true" />
    </button>
  )
}
