'use client'
import { Check, Copy, ExternalLink, QrCode as QrIcon, RefreshCw, Share2 } from 'lucide-react'
import { useState } from 'react'
import { callApi } from '#app/_http/call-api.ts'
import { deliveryPath } from '#app/_http/delivery-path.ts'
import { Button } from '#app/_ui/button.tsx'
import { QrCode } from '#app/_ui/qr-code.tsx'
import { useSay } from '#app/_words/use-language.tsx'
import type { OpenedDelivery } from '#contracts/dispatch.ts'
import { replaceLinkAnswerSchema } from '#contracts/http.ts'
import type { Role } from '#contracts/role.ts'
import { WORDS } from '../words.ts'

type Props = {
  deliveryId: string
  /** As they work now, where the board is told. */
  known: OpenedDelivery['links']
  token: string
  isDemo: boolean
}

export function LinkCards({ deliveryId, known, token, isDemo }: Props) {
  const say = useSay()
  return (
    <section aria-label={say(WORDS.links)} className="grid gap-3">
      <h3 className="text-[15px] font-bold">{say(WORDS.links)}</h3>
      {!known && <p className="text-[13px] text-muted">{say(WORDS.unknownLink)}</p>}
      {(['customer', 'rider'] as const).map((role) => (
        <LinkCard
          key={role}
          role={role}
          deliveryId={deliveryId}
          known={known?.[role].url ?? null}
          token={token}
          // In the demo the board acts with the rider's link, which replaces the customer's alone.
          mayReplace={!isDemo || role === 'customer'}
        />
      ))}
    </section>
  )
}

type CardProps = { role: Role; deliveryId: string; known: string | null; token: string; mayReplace: boolean }

function LinkCard({ role, deliveryId, known, token, mayReplace }: CardProps) {
  const say = useSay()
  const [made, setMade] = useState<string | null>(null)
  const [step, setStep] = useState<'idle' | 'asking' | 'busy'>('idle')
  const [trouble, setTrouble] = useState<string | null>(null)
  const path = made ?? known
  const name = say(role === 'rider' ? WORDS.riderLink : WORDS.customerLink)

  async function replace() {
    setStep('busy')
    const answer = await callApi(replaceLinkAnswerSchema, deliveryPath(deliveryId, '/links'), {
      method: 'POST',
      token,
      body: { role },
    })
    if (answer.ok) setMade(answer.value.url)
    setTrouble(answer.ok ? null : answer.detail)
    setStep('idle')
  }

  return (
    <section aria-label={name} className="grid gap-3 rounded-2xl bg-canvas p-4" data-testid={`${role}-card`}>
      <h4 className="text-[15px] font-semibold">{name}</h4>
      {path !== null && <LinkTools name={name} path={path} />}
      {mayReplace && step === 'idle' && (
        <Button onClick={() => setStep('asking')} aria-label={`${name}: ${say(WORDS.newLink)}`}>
          <RefreshCw className="size-4" aria-hidden="true" />
          <span>{say(WORDS.newLink)}</span>
        </Button>
      )}
      {step !== 'idle' && (
        <fieldset className="grid min-w-0 gap-2">
          <legend className="mb-2 text-[15px]">{say(WORDS.newLinkAsk)}</legend>
          <div className="flex flex-wrap gap-2">
            <Button look="danger" autoFocus disabled={step === 'busy'} onClick={replace}>
              {say(WORDS.yesNewLink)}
            </Button>
            <Button onClick={() => setStep('idle')}>{say(WORDS.keep)}</Button>
          </div>
        </fieldset>
      )}
      {trouble && (
        <p role="alert" className="text-[15px] font-medium text-danger-soft-ink">
          {trouble}
        </p>
      )}
    </section>
  )
}

/** A link to open, to copy, to show to a phone's camera, and where the browser can, to send. */
function LinkTools({ name, path }: { name: string; path: string }) {
  const say = useSay()
  const [copied, setCopied] = useState<'idle' | 'done' | 'failed'>('idle')
  const [showsQr, setShowsQr] = useState(false)
  const url = new URL(path, window.location.origin).href
  const canShare = typeof navigator.share === 'function'

  async function copy() {
    try {
      await navigator.clipboard.writeText(url)
      setCopied('done')
    } catch (cause) {
      // No clipboard on plain http other than localhost, or the permission was refused.
      console.warn('The link could not be copied', cause)
      setCopied('failed')
    }
  }
  async function share() {
    try {
      await navigator.share({ title: name, url })
    } catch (cause) {
      // Whoever shares may think better of it.
      if (!(cause instanceof DOMException && cause.name === 'AbortError'))
        console.warn('The link could not be shared', cause)
    }
  }

  return (
    <>
      <div className="flex flex-wrap gap-2">
        <Button onClick={copy} aria-label={`${name}: ${say(WORDS.copy)}`}>
          {copied === 'done' ? (
            <Check className="size-4" aria-hidden="true" />
          ) : (
            <Copy className="size-4" aria-hidden="true" />
          )}
          <span aria-live="polite">
            {say(copied === 'done' ? WORDS.copied : copied === 'failed' ? WORDS.notAllowed : WORDS.copy)}
          </span>
        </Button>
        <Button
          onClick={() => setShowsQr(!showsQr)}
          aria-expanded={showsQr}
          aria-label={`${name}: ${say(WORDS.qr)}`}
        >
          <QrIcon className="size-4" aria-hidden="true" />
          <span>{say(WORDS.qr)}</span>
        </Button>
        {canShare && (
          <Button onClick={share} aria-label={`${name}: ${say(WORDS.share)}`}>
            <Share2 className="size-4" aria-hidden="true" />
            <span>{say(WORDS.share)}</span>
          </Button>
        )}
        <a
          href={path}
          target="_blank"
          rel="noreferrer"
          aria-label={`${name}: ${say(WORDS.open)}`}
          className="inline-flex min-h-11 items-center gap-2 rounded-xl bg-sunken px-4 text-[15px] font-semibold hover:bg-line"
        >
          <ExternalLink className="size-4" aria-hidden="true" />
          <span>{say(WORDS.open)}</span>
        </a>
      </div>
      {showsQr && <QrCode text={url} label={`${name}: ${say(WORDS.qr)}`} />}
    </>
  )
}
