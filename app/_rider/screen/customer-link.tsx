'use client'
import { House } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { LinkRow } from '#app/_ui/link-row.tsx'
import { problemWords } from '#app/_words/problem-words.ts'
import type { Say } from '#app/_words/speak.ts'
import { useSay } from '#app/_words/use-language.tsx'
import { type Replacement, replaceCustomerLink } from './replace-customer-link.ts'
import { LINK_CARD_WORDS as WORDS } from './words.ts'

/** Replaces a customer link that got into the wrong hands: asks for confirmation, then shows the new link. */
export function CustomerLink({ deliveryId, token }: { deliveryId: string; token: string }) {
  const say = useSay()
  const [step, setStep] = useState<'idle' | 'asking' | 'busy'>('idle')
  const [url, setUrl] = useState<string | null>(null)
  const [trouble, setTrouble] = useState<Replacement | null>(null)
  const wasAsking = useRef(false)
  const opener = useRef<HTMLDivElement>(null)

  // The question took the focus with it: return it to the button.
  useEffect(() => {
    if (step === 'idle' && wasAsking.current) opener.current?.querySelector('button')?.focus()
    wasAsking.current = step !== 'idle'
  }, [step])

  async function replace() {
    setStep('busy')
    const replacement = await replaceCustomerLink(deliveryId, token)
    if (replacement.kind === 'replaced') setUrl(replacement.url)
    // The link shown so far may have stopped working.
    if (replacement.kind === 'unknown') setUrl(null)
    setTrouble(replacement)
    setStep('idle')
  }

  return (
    <section aria-label={say(WORDS.title)} className="grid gap-2.5">
      {step !== 'idle' ? (
        <Confirm busy={step === 'busy'} onConfirm={replace} onKeep={() => setStep('idle')} />
      ) : (
        <div ref={opener} className="flex min-h-12 items-center justify-between gap-4 py-1">
          <p>
            <span className="block text-body font-medium">{say(WORDS.title)}</span>
            <span className="block text-note text-muted">{say(url ? WORDS.stopped : WORDS.why)}</span>
          </p>
          <Button aria-label={say(WORDS.replaceLabel)} onClick={() => setStep('asking')}>
            {say(WORDS.replace)}
          </Button>
        </div>
      )}
      <div role="status" className="empty:hidden">
        {url && <LinkRow icon={House} label={say(WORDS.fresh)} testId="new-customer-link" path={url} />}
        {trouble && troubleWords(trouble, say) && (
          <p className="rounded-2xl bg-warn-soft px-3.5 py-3 text-sm font-medium text-warn-soft-ink">
            {troubleWords(trouble, say)}
          </p>
        )}
      </div>
    </section>
  )
}

function troubleWords(replacement: Replacement, say: Say): string | null {
  switch (replacement.kind) {
    case 'replaced':
      return null
    case 'refused':
      return say(WORDS.failed, { why: say(problemWords(replacement)) })
    case 'unknown':
      return say(WORDS.unknown)
  }
}

type ConfirmProps = { busy: boolean; onConfirm: () => void; onKeep: () => void }

function Confirm({ busy, onConfirm, onKeep }: ConfirmProps) {
  const say = useSay()
  const box = useRef<HTMLFieldSetElement>(null)
  // The pressed button is gone: move the focus to the question for keyboards and screen readers.
  useEffect(() => box.current?.focus(), [])
  return (
    <fieldset ref={box} tabIndex={-1} className="rounded-2xl border border-line p-4 outline-none">
      <legend className="sr-only">{say(WORDS.ask)}</legend>
      <p className="text-body font-medium">{say(WORDS.stops)}</p>
      <p className="mt-0.5 text-note text-pretty text-muted">{say(WORDS.told)}</p>
      <div className="mt-3 grid grid-cols-2 gap-2">
        <Button inactive={busy} onClick={onKeep}>
          {say(WORDS.keep)}
        </Button>
        <Button look="primary" inactive={busy} onClick={onConfirm}>
          {say(busy ? WORDS.busy : WORDS.yes)}
        </Button>
      </div>
    </fieldset>
  )
}
