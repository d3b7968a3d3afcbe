'use client'
import { useId } from 'react'
import { useSay } from '#app/_words/use-language.tsx'
import { WORDS } from './words.ts'

/** What the rider asks for at the door, large enough to be read out from an arm’s length. */
export function PinCard({ pin }: { pin: string }) {
  const say = useSay()
  const id = useId()
  return (
    <section
      aria-labelledby={id}
      data-testid="pin-card"
      className="mt-5 rounded-2xl bg-accent-soft px-4 py-3.5 text-accent-soft-ink"
    >
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <h2 id={id} className="text-body font-semibold">
          {say(WORDS.pin)}
        </h2>
        {/* Digit by digit: a screen reader would say a number. The space behind it would move it to the left. */}
        <p className="-mr-[0.2em] text-[2.5rem] leading-none font-bold tracking-[0.2em] tabular-nums">
          <span className="sr-only">{[...pin].join(' ')}</span>
          <span aria-hidden="true" data-testid="pin">
            {pin}
          </span>
        </p>
      </div>
      <p className="mt-2 text-sm text-pretty">{say(WORDS.pinHow)}</p>
    </section>
  )
}
