'use client'
import { House } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { LinkRow } from '#app/_ui/link-row.tsx'
import { type Replacement, replaceCustomerLink } from './replace-customer-link.ts'

/** Replaces a customer link that got into the wrong hands: asks for confirmation, then shows the new link. */
export function CustomerLink({ deliveryId, token }: { deliveryId: string; token: string }) {
  const [step, setStep] = useState<'idle' | 'asking' | 'busy'>('idle')
  const [url, setUrl] = useState<string | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
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
    setTrouble(troubleWords(replacement))
    setStep('idle')
  }

  return (
    <section aria-label="The customer’s link" className="grid gap-2.5">
      {step !== 'idle' ? (
        <Confirm busy={step === 'busy'} onConfirm={replace} onKeep={() => setStep('idle')} />
      ) : (
        <div ref={opener} className="flex min-h-12 items-center justify-between gap-4 py-1">
          <p>
            <span className="block text-[15px] font-medium">The customer’s link</span>
            <span className="block text-[13px] text-muted">
              {url ? 'The old one has stopped working.' : 'If it got into the wrong hands, make a new one.'}
            </span>
          </p>
          <Button aria-label="Replace the customer’s link" onClick={() => setStep('asking')}>
            Replace
          </Button>
        </div>
      )}
      <div role="status" className="empty:hidden">
        {url && (
          <LinkRow
            icon={House}
            label="Customer’s new link"
            testId="new-customer-link"
            path={url}
            copyLabel="Copy the customer’s new link"
          />
        )}
        {trouble && (
          <p className="rounded-2xl bg-warn-soft px-3.5 py-3 text-sm font-medium text-warn-soft-ink">
            {trouble}
          </p>
        )}
      </div>
    </section>
  )
}

function troubleWords(replacement: Replacement): string | null {
  switch (replacement.kind) {
    case 'replaced':
      return null
    case 'refused':
      return `The link was not replaced: ${replacement.detail}`
    case 'unknown':
      return 'The server did not answer, so the link that is out may have stopped already. Please replace it once more.'
  }
}

type ConfirmProps = { busy: boolean; onConfirm: () => void; onKeep: () => void }

function Confirm({ busy, onConfirm, onKeep }: ConfirmProps) {
  const box = useRef<HTMLFieldSetElement>(null)
  // The pressed button is gone: move the focus to the question for keyboards and screen readers.
  useEffect(() => box.current?.focus(), [])
  return (
    <fieldset ref={box} tabIndex={-1} className="rounded-2xl border border-line p-4 outline-none">
      <legend className="sr-only">Replace the customer’s link?</legend>
      <p className="text-[15px] font-medium">The link that is out stops working at once.</p>
      <p className="mt-0.5 text-[13px] text-pretty text-muted">
        Whoever has it open is told so and sees nothing more. You get a new one to send.
      </p>
      <div className="mt-3 grid grid-cols-2 gap-2">
        <Button inactive={busy} onClick={onKeep}>
          Keep it
        </Button>
        <Button look="primary" inactive={busy} onClick={onConfirm}>
          {busy ? 'Replacing…' : 'Replace it'}
        </Button>
      </div>
    </fieldset>
  )
}
