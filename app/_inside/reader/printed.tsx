'use client'
import { Check, X } from 'lucide-react'
import { Card } from '#app/_ui/card.tsx'
import { Pill } from '#app/_ui/pill.tsx'
import { useLanguage } from '#app/_words/use-language.tsx'
import { WEBHOOK_WORDS } from '#app/_words/webhook-words.ts'
import type { ReceivedWebhook } from '#contracts/inside/reader.ts'
import * as words from './words.ts'

type Props = { received: readonly ReceivedWebhook[]; isReading: boolean }

/** One row for each request, the newest first. */
export function Printed({ received, isReading }: Props) {
  const { say, language } = useLanguage()
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'medium', hourCycle: 'h23' })
  return (
    <Card className="min-h-40 min-w-0">
      <h3 id="reader-printed" className="text-body font-semibold">
        {say(words.printedTitle)}
      </h3>
      {received.length === 0 && (
        <p className="mt-2 text-note text-muted">{say(isReading ? words.nothingYet : words.addFirst)}</p>
      )}
      {received.length > 0 && (
        <section
          aria-labelledby="reader-printed"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by the keyboard (WCAG 2.1.1).
          tabIndex={0}
          className="mt-2 max-h-104 overflow-auto"
        >
          <table className="w-full border-collapse text-left text-note tabular-nums">
            <thead className="text-muted">
              <tr>
                {[words.event, words.delivery, words.attempt, words.answer, words.signature, words.time].map(
                  (head) => (
                    <th key={head.en} scope="col" className="py-1 pr-3 font-medium whitespace-nowrap">
                      {say(head)}
                    </th>
                  ),
                )}
                <th scope="col" className="py-1 font-mono font-medium">
                  {say(words.webhookId)}
                </th>
              </tr>
            </thead>
            <tbody data-testid="reader-printed">
              {received.map((each) => (
                <tr
                  key={each.number}
                  className="border-t border-line"
                  data-id={each.id}
                  data-type={each.type ?? undefined}
                  data-delivery={each.deliveryId ?? undefined}
                  data-attempt={each.attempt}
                  data-verified={each.verified}
                  data-answered={each.answered}
                >
                  <td className="py-2 pr-3 font-semibold whitespace-nowrap">
                    {each.type ? say(WEBHOOK_WORDS[each.type]) : '–'}
                  </td>
                  <td className="py-2 pr-3 font-mono text-muted">{each.deliveryId?.slice(0, 4) ?? '–'}</td>
                  <td className="py-2 pr-3">{each.attempt}</td>
                  <td className="py-2 pr-3">
                    <Pill tone={each.answered < 300 ? 'accent' : 'danger'}>{each.answered}</Pill>
                  </td>
                  <td className="py-2 pr-3 whitespace-nowrap">
                    <span
                      className={`inline-flex items-center gap-1 ${each.verified ? 'text-accent' : 'text-danger'}`}
                    >
                      {each.verified ? (
                        <Check className="size-4" aria-hidden="true" />
                      ) : (
                        <X className="size-4" aria-hidden="true" />
                      )}
                      <span>{say(each.verified ? words.verified : words.notVerified)}</span>
                    </span>
                  </td>
                  <td className="py-2 pr-3 whitespace-nowrap text-muted">{time.format(each.atMs)}</td>
                  <td className="py-2 font-mono text-muted">{each.id ? `${each.id.slice(0, 12)}…` : '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Card>
  )
}
