'use client'
import { Check, Plus } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { shortName } from '#app/_words/place-name.ts'
import { useLanguage } from '#app/_words/use-language.tsx'
import type { CreateDeliveryAnswer } from '#contracts/http.ts'
import { WORDS } from '../words.ts'
import { LinkTools } from './link-tools.tsx'

type Props = { answer: CreateDeliveryAnswer; wasThere: boolean; onAgain: () => void }

/** The links of a delivery that has just been made: they are shown once. */
export function OrderMade({ answer: { delivery, rider, customer }, wasThere, onAgain }: Props) {
  const { say, language } = useLanguage()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const links = [
    { role: 'customer', name: say(WORDS.customerLink), path: customer.url },
    { role: 'rider', name: say(WORDS.riderLink), path: rider.url },
  ]
  return (
    <div className="mt-4 grid gap-4" data-testid="order-made">
      <h3 ref={heading} tabIndex={-1} className="flex items-center gap-2 text-lg font-bold outline-none">
        <Check className="size-5 text-accent" aria-hidden="true" />
        <span>{say(wasThere ? WORDS.wasThere : WORDS.isMade)}</span>
      </h3>
      <p className="text-body font-medium wrap-anywhere">
        {`${shortName(delivery.store.name, language)} → ${shortName(delivery.destination.name, language)}`}
      </p>
      <p className="text-body text-muted">{say(WORDS.shownOnce)}</p>
      {customer.pin !== undefined && (
        <p className="text-body">
          <span className="text-muted">{say(WORDS.pin)}</span>
          <span className="ml-3 text-lg font-bold tracking-widest tabular-nums">{customer.pin}</span>
        </p>
      )}
      <div className="grid gap-3 md:grid-cols-2">
        {links.map(({ role, name, path }) => (
          <section
            key={role}
            aria-label={name}
            className="grid content-start gap-3 rounded-2xl bg-canvas p-4"
            data-testid={`made-${role}`}
          >
            <h4 className="text-body font-semibold">{name}</h4>
            <LinkTools name={name} path={path} />
          </section>
        ))}
      </div>
      <div>
        <Button look="accent" onClick={onAgain}>
          <Plus className="size-4" aria-hidden="true" />
          <span>{say(WORDS.anotherOne)}</span>
        </Button>
      </div>
    </div>
  )
}
