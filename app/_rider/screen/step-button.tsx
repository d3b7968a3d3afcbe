import { type LucideIcon, MoveRight } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { type ButtonLook, buttonClass } from '#app/_ui/button-class.ts'
import { useSay } from '#app/_words/use-language.tsx'
import { WORDS } from './words.ts'

export type Step = {
  words: string
  icon: LucideIcon
  look: ButtonLook
  /** Pressed for a moment instead of tapped: a pocket or a second tap does not do it. */
  isHeld?: boolean
  press: () => void
}

const HELD_MS = 700

/**
 * The rider's next step: one and the same button whatever it says, so that it keeps the focus. A keyboard and a screen
 * reader press a held step as any other (https://www.w3.org/WAI/WCAG22/Understanding/pointer-cancellation).
 */
export function StepButton({ step, busy }: { step: Step; busy: boolean }) {
  const say = useSay()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  /** The finger that held the step is lifted over the next one: its click is not meant for that. */
  const wasHeld = useRef(false)
  const [isPressed, setPressed] = useState(false)
  const [wasShort, setShort] = useState(false)
  const { words, icon: Icon, look, isHeld = false, press } = step

  const letGo = () => {
    clearTimeout(timer.current)
    setPressed(false)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  // The next step begins afresh.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words are what makes it another step.
  useEffect(() => setShort(false), [words])

  function begin() {
    wasHeld.current = false
    if (busy || !isHeld) return
    setShort(false)
    setPressed(true)
    timer.current = setTimeout(() => {
      wasHeld.current = true
      letGo()
      press()
    }, HELD_MS)
  }

  return (
    <div className="grid gap-1.5">
      <button
        type="button"
        data-testid="next-step"
        aria-disabled={busy || undefined}
        className={`${buttonClass(look, 'lg')} relative min-h-16 touch-manipulation overflow-hidden select-none`}
        onPointerDown={({ button, pointerId, currentTarget }) => {
          if (button !== 0) return
          // A line above may come or go meanwhile, and move the button away from the finger.
          currentTarget.setPointerCapture(pointerId)
          begin()
        }}
        onPointerUp={() => {
          if (isPressed) setShort(true)
          letGo()
        }}
        onPointerCancel={letGo}
        onContextMenu={(event) => isHeld && event.preventDefault()}
        onClick={({ detail: taps }) => {
          if (!busy && (taps === 0 || !(isHeld || wasHeld.current))) press()
        }}
      >
        {isHeld && (
          <span
            aria-hidden="true"
            className="absolute inset-0 origin-left bg-black/20"
            style={{
              transform: `scaleX(${isPressed ? 1 : 0})`,
              transition: `transform ${isPressed ? HELD_MS : 150}ms linear`,
            }}
          />
        )}
        <Icon className="relative size-5" aria-hidden="true" />
        <span className="relative">{words}</span>
      </button>
      {isHeld && (
        <p
          role="status"
          className={`flex items-center justify-center gap-1.5 text-note ${wasShort ? 'font-semibold text-ink' : 'text-muted'}`}
        >
          <MoveRight className="size-3.5" aria-hidden="true" />
          <span>{say(wasShort ? WORDS.holdLonger : WORDS.hold)}</span>
        </p>
      )}
    </div>
  )
}
