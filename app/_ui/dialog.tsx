'use client'
import { X } from 'lucide-react'
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import type { Text } from '#app/_words/language.ts'
import { useSay } from '#app/_words/use-language.tsx'

const CLOSE: Text = { en: 'Close', ko: '닫기' }

/** `sheet`: at the bottom of a phone, under the thumb. */
const LOOKS = {
  sheet:
    'fixed inset-x-0 top-auto bottom-0 m-0 mx-auto max-h-dvh w-full max-w-md overflow-y-auto rounded-t-3xl p-5 pb-[max(1.25rem,env(safe-area-inset-bottom))] sm:top-1/4 sm:bottom-auto sm:rounded-3xl',
  small: 'm-auto w-[min(100vw-1rem,28rem)] rounded-3xl p-5',
  wide: 'm-auto max-h-[96dvh] w-[min(100vw-1rem,68rem)] max-w-none overflow-y-auto rounded-3xl p-4 sm:p-5',
  full: 'm-auto h-[96dvh] max-h-none w-[min(100vw-1rem,76rem)] max-w-none overflow-y-auto rounded-3xl p-4 open:flex open:flex-col sm:p-5',
} as const

type Props = {
  title: string
  look: keyof typeof LOOKS
  /** Escape and a phone's Back; where there is a cross, that too. */
  onClose: () => void
  hasCross?: boolean
  testId?: string
  children: ReactNode
}

/** Over the page, which cannot be reached meanwhile. It is open as long as it is rendered. */
export function Dialog({ title, look, onClose, hasCross = false, testId, children }: Props) {
  const say = useSay()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  // Before the dialog leaves the page: closing it gives the focus back to what was pressed.
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      data-testid={testId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      className={`bg-surface text-ink shadow-float backdrop:bg-black/50 ${LOOKS[look]}`}
    >
      <div className="flex items-center gap-3">
        <h2 id={id} className="min-w-0 flex-1 text-xl font-bold tracking-tight break-words">
          {title}
        </h2>
        {hasCross && (
          <button
            type="button"
            aria-label={say(CLOSE)}
            onClick={onClose}
            className="grid size-11 shrink-0 place-items-center rounded-xl text-muted hover:bg-sunken hover:text-ink"
          >
            <X className="size-5" aria-hidden="true" />
          </button>
        )}
      </div>
      {children}
    </dialog>
  )
}
