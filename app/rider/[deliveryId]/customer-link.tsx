'use client'
import { House, Link2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button } from '../../_ui/button.tsx'
import { LinkRow } from '../../_ui/link-row.tsx'
import { type Replacement, replaceCustomerLink } from './replace-customer-link.ts'

type Step = 'idle' | 'asking' | 'busy' | Replacement

/** For a link that got into the wrong hands: asks once more, then shows the one that takes its place. */
export function CustomerLink({ deliveryId, token }: { deliveryId: string; token: string }) {
  const [step, setStep] = useState<Step>('idle')
  const asks = step === 'asking' || step === 'busy'

  async function replace() {
    setStep('busy')
    setStep(await replaceCustomerLink(deliveryId, token))
  }

  return (
    <section aria-labelledby="customer-link-title" className="grid gap-2.5">
      <h2 id="customer-link-title" className="text-sm font-medium text-muted">
        The customer’s link
      </h2>
      <div role="status" className="grid gap-2.5 empty:hidden">
        {typeof step === 'object' && 'url' in step && (
          <>
            <LinkRow icon={House} label="New customer’s link" testId="new-customer-link" path={step.url} />
            <p className="text-[13px] text-muted">
              The old one has stopped working. Send this one to the customer.
            </p>
          </>
        )}
        {typeof step === 'object' && 'failed' in step && (
          <p className="rounded-2xl bg-warn-soft px-3.5 py-3 text-sm font-medium text-warn-soft-ink">
            {step.failed}
          </p>
        )}
      </div>
      {asks ? (
        <Confirm busy={step === 'busy'} onConfirm={replace} onKeep={() => setStep('idle')} />
      ) : (
        <Button onClick={() => setStep('asking')}>
          <Link2 className="size-4" aria-hidden="true" />
          Replace the customer’s link
        </Button>
      )}
    </section>
  )
}

type ConfirmProps = { busy: boolean; onConfirm: () => void; onKeep: () => void }

function Confirm({ busy, onConfirm, onKeep }: ConfirmProps) {
  const box = useRef<HTMLFieldSetElement>(null)
  // The button that was pressed is gone: whoever uses a keyboard or a screen reader goes on with the question.
  useEffect(() => box.current?.focus(), [])
  return (
    <fieldset ref={box} tabIndex={-1} className="rounded-2xl bg-sunken p-4 outline-none">
      <legend className="sr-only">Replace the customer’s link?</legend>
      <p className="text-[15px] font-medium">The link that is out stops working at once.</p>
      <p className="mt-0.5 text-[13px] text-muted">
        Whoever has it open is told so and sees nothing more. You get a new one to send.
      </p>
      <div className="mt-3 grid grid-cols-2 gap-2">
        <Button disabled={busy} onClick={onKeep} className="bg-raised">
          Keep it
        </Button>
        <Button look="primary" disabled={busy} onClick={onConfirm}>
          {busy ? 'Replacing…' : 'Replace it'}
        </Button>
      </div>
    </fieldset>
  )
}
