'use client'
import { useId, useLayoutEffect, useRef, useState } from 'react'
import { Button } from '#app/_ui/button.tsx'

export type RideEnd = 'delivered' | 'cancelled'

const WORDS: Record<RideEnd, { title: string; text: string; keep: string; end: string }> = {
  delivered: {
    title: 'Is it handed over?',
    text: 'The delivery ends, and your location is no longer shared. This cannot be undone.',
    keep: 'Not yet',
    end: 'Yes, delivered',
  },
  cancelled: {
    title: 'Cancel this delivery?',
    text: 'The customer is told, and your location is no longer shared. This cannot be undone.',
    keep: 'Keep riding',
    end: 'Yes, cancel it',
  },
}

/** A double tap's second tap within this time is ignored. */
const READ_MS = 400

/** A tap can be an accident and an end is final, so this asks for confirmation. Escape and Back keep the ride. */
export function EndQuestion({ end, onEnd, onKeep }: { end: RideEnd; onEnd: () => void; onKeep: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [isReadable, setReadable] = useState(false)
  const id = useId()
  const words = WORDS[end]

  // Before the dialog leaves the page: closing it gives the focus back to the button that was pressed.
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    const timer = setTimeout(() => setReadable(true), READ_MS)
    return () => {
      clearTimeout(timer)
      element?.close()
    }
  }, [])

  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onKeep()
      }}
      className="fixed inset-x-0 top-auto bottom-0 m-0 mx-auto w-full max-w-md rounded-t-3xl bg-surface p-5 pb-[max(1.25rem,env(safe-area-inset-bottom))] text-ink shadow-float backdrop:bg-black/50 sm:bottom-auto sm:top-1/3 sm:rounded-3xl"
    >
      <h2 id={id} className="text-xl font-bold tracking-tight">
        {words.title}
      </h2>
      <p className="mt-1.5 text-[15px] text-pretty text-muted">{words.text}</p>
      <div className="mt-5 grid gap-3">
        <Button size="lg" onClick={onKeep}>
          {words.keep}
        </Button>
        <Button
          size="lg"
          look={end === 'cancelled' ? 'danger' : 'accent'}
          inactive={!isReadable}
          onClick={onEnd}
        >
          {words.end}
        </Button>
      </div>
    </dialog>
  )
}
