'use client'
import { type FormEvent, useId, useState } from 'react'
import { deliveryPath } from '#app/_http/delivery-path.ts'
import { Button } from '#app/_ui/button.tsx'
import { useSay } from '#app/_words/use-language.tsx'
import { postStatusAnswerSchema } from '#contracts/http.ts'
import { useDispatcher } from '../dispatcher.tsx'
import { WORDS } from '../words.ts'
import type { Opened } from './use-opened.ts'

/** Asked twice, because an end is final: first the button, then the reason. */
export function CancelForm({ deliveryId, link }: { deliveryId: string; link: Opened['link'] }) {
  const { call } = useDispatcher()
  const say = useSay()
  const id = useId()
  const [step, setStep] = useState<'idle' | 'asking' | 'busy'>('idle')
  const [trouble, setTrouble] = useState<string | null>(null)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const reason = String(new FormData(event.currentTarget).get('reason') ?? '').trim()
    setStep('busy')
    const answer = await call(postStatusAnswerSchema, deliveryPath(deliveryId, '/status'), {
      method: 'POST',
      ...link,
      body: { status: 'cancelled', ...(reason !== '' && { reason }) },
    })
    // When it went well the board says so itself: the delivery is gone.
    if (!answer.ok) setTrouble(answer.detail)
    if (!answer.ok) setStep('asking')
  }

  if (step === 'idle')
    return (
      <Button look="danger" onClick={() => setStep('asking')}>
        {say(WORDS.cancel)}
      </Button>
    )
  return (
    <form onSubmit={submit} aria-label={say(WORDS.cancel)} className="grid gap-3 rounded-2xl bg-canvas p-4">
      <label htmlFor={id} className="text-body font-semibold">
        {say(WORDS.cancelWhy)}
      </label>
      <input
        id={id}
        name="reason"
        maxLength={200}
        // biome-ignore lint/a11y/noAutofocus: the button that was pressed has become this question.
        autoFocus
        aria-describedby={`${id}-hint`}
        className="min-h-11 rounded-xl border border-line bg-surface px-3 text-base text-ink"
      />
      <p id={`${id}-hint`} className="text-note text-muted">
        {say(WORDS.cancelHint)}
      </p>
      {trouble && (
        <p role="alert" className="text-body font-medium text-danger-soft-ink">
          {trouble}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button look="danger" type="submit" disabled={step === 'busy'}>
          {say(WORDS.cancelYes)}
        </Button>
        <Button onClick={() => setStep('idle')}>{say(WORDS.cancelNo)}</Button>
      </div>
    </form>
  )
}
