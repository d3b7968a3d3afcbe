'use client'
import { Card } from '#app/_ui/card.tsx'
import type { Text } from '#app/_words/language.ts'
import { useSay } from '#app/_words/use-language.tsx'
import { WEBHOOK_WORDS } from '#app/_words/webhook-words.ts'
import type { WaitingWebhook } from '#contracts/inside/reader.ts'
import * as words from './words.ts'

/** What is in the database and not taken yet: how often it was tried, and when it is tried next. */
export function Waiting({ waiting, count }: { waiting: readonly WaitingWebhook[]; count: number }) {
  const say = useSay()
  return (
    <Card className="min-h-40">
      <h3 className="text-body font-semibold">{say(words.waitingTitle)}</h3>
      {waiting.length === 0 && <p className="mt-2 text-note text-muted">{say(words.nothingWaits)}</p>}
      <ol className="mt-2 divide-y divide-line" data-testid="reader-waiting-list">
        {waiting.map((each) => (
          <li
            key={each.id}
            className="flex min-w-0 flex-wrap items-baseline gap-x-3 gap-y-0.5 py-2 text-note"
            data-id={each.id}
            data-attempts={each.attempts}
            data-next-in-ms={each.nextAttemptInMs ?? undefined}
          >
            <span className="font-semibold">{say(WEBHOOK_WORDS[each.type])}</span>
            <span className="font-mono text-muted">{each.deliveryId.slice(0, 4)}</span>
            <span className="ml-auto text-right text-muted tabular-nums">
              {each.attempts > 0 && (
                <span className="font-medium text-danger">
                  {`${say(words.triedTimes(each.attempts))}${each.lastAnswer ? ` · ${each.lastAnswer}` : ''}`}
                </span>
              )}
              {each.attempts > 0 && <span aria-hidden="true">{' · '}</span>}
              <span>{say(whenNext(each))}</span>
            </span>
          </li>
        ))}
      </ol>
      {count > waiting.length && (
        <p className="mt-2 text-note text-muted">{say(words.more(count - waiting.length))}</p>
      )}
    </Card>
  )
}

function whenNext({ attempts, nextAttemptInMs }: WaitingWebhook): Text {
  if (nextAttemptInMs === null) return attempts === 0 ? words.behind : words.now
  return nextAttemptInMs < 100 ? words.now : words.nextIn((nextAttemptInMs / 1_000).toFixed(1))
}
