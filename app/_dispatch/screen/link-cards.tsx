'use client'
import { RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { deliveryPath } from '#app/_http/delivery-path.ts'
import { Button } from '#app/_ui/button.tsx'
import { useSay } from '#app/_words/use-language.tsx'
import type { OpenedDelivery } from '#contracts/dispatch.ts'
import { replaceLinkAnswerSchema } from '#contracts/http.ts'
import type { Role } from '#contracts/role.ts'
import { useDispatcher } from '../dispatcher.tsx'
import { WORDS } from '../words.ts'
import { LinkTools } from './link-tools.tsx'
import type { Opened } from './use-opened.ts'

type Props = {
  deliveryId: string
  /** As they work now, where the board is told. */
  known: OpenedDelivery['links']
  link: Opened['link']
}

export function LinkCards({ deliveryId, known, link }: Props) {
  const say = useSay()
  return (
    <section aria-label={say(WORDS.links)} className="grid gap-3">
      <h3 className="text-body font-bold">{say(WORDS.links)}</h3>
      {!known && <p className="text-note text-muted">{say(WORDS.unknownLink)}</p>}
      {(['customer', 'rider'] as const).map((role) => (
        <LinkCard
          key={role}
          role={role}
          deliveryId={deliveryId}
          known={known?.[role].url ?? null}
          link={link}
          // With the rider's link, as in the demo, the customer's alone is replaced.
          mayReplace={!('link' in link) || role === 'customer'}
        />
      ))}
    </section>
  )
}

type CardProps = {
  role: Role
  deliveryId: string
  known: string | null
  link: Opened['link']
  mayReplace: boolean
}

function LinkCard({ role, deliveryId, known, link, mayReplace }: CardProps) {
  const { call } = useDispatcher()
  const say = useSay()
  const [made, setMade] = useState<string | null>(null)
  const [step, setStep] = useState<'idle' | 'asking' | 'busy'>('idle')
  const [trouble, setTrouble] = useState<string | null>(null)
  const path = made ?? known
  const name = say(role === 'rider' ? WORDS.riderLink : WORDS.customerLink)

  async function replace() {
    setStep('busy')
    const answer = await call(replaceLinkAnswerSchema, deliveryPath(deliveryId, '/links'), {
      method: 'POST',
      ...link,
      body: { role },
    })
    if (answer.ok) setMade(answer.value.url)
    setTrouble(answer.ok ? null : answer.detail)
    setStep('idle')
  }

  return (
    <section aria-label={name} className="grid gap-3 rounded-2xl bg-canvas p-4" data-testid={`${role}-card`}>
      <h4 className="text-body font-semibold">{name}</h4>
      {path !== null && <LinkTools name={name} path={path} />}
      {mayReplace && step === 'idle' && (
        <Button onClick={() => setStep('asking')} aria-label={`${name}: ${say(WORDS.newLink)}`}>
          <RefreshCw className="size-4" aria-hidden="true" />
          <span>{say(WORDS.newLink)}</span>
        </Button>
      )}
      {step !== 'idle' && (
        <fieldset className="grid min-w-0 gap-2">
          <legend className="mb-2 text-body">{say(WORDS.newLinkAsk)}</legend>
          <div className="flex flex-wrap gap-2">
            <Button look="danger" autoFocus disabled={step === 'busy'} onClick={replace}>
              {say(WORDS.yesNewLink)}
            </Button>
            <Button onClick={() => setStep('idle')}>{say(WORDS.keep)}</Button>
          </div>
        </fieldset>
      )}
      {trouble && (
        <p role="alert" className="text-body font-medium text-danger-soft-ink">
          {trouble}
        </p>
      )}
    </section>
  )
}
