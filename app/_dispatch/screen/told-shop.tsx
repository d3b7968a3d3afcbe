'use client'
import { RotateCw } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { callApi } from '#app/_http/call-api.ts'
import { deliveryPath } from '#app/_http/delivery-path.ts'
import { Button } from '#app/_ui/button.tsx'
import { Pill, type PillTone } from '#app/_ui/pill.tsx'
import { clockWords } from '#app/_words/times.ts'
import { useLanguage } from '#app/_words/use-language.tsx'
import { WEBHOOK_WORDS } from '#app/_words/webhook-words.ts'
import type { DeliveryStatus } from '#contracts/delivery.ts'
import { listWebhooksAnswerSchema, type ToldWebhook } from '#contracts/webhook.ts'
import { useDispatcher } from '../dispatcher.tsx'
import { HOOK_STATES, WORDS } from '../words.ts'

const TONES: Record<ToldWebhook['state'], PillTone> = {
  sent: 'accent',
  waiting: 'info',
  given_up: 'warn',
  off: 'danger',
  unused: 'neutral',
}

/** What the shop's own systems were told of the delivery; nothing where there are none. */
export function ToldShop({ deliveryId, status }: { deliveryId: string; status: DeliveryStatus }) {
  const { token, call } = useDispatcher()
  const speaker = useLanguage()
  const { say } = speaker
  const [told, setTold] = useState<readonly ToldWebhook[]>([])
  const [failed, setFailed] = useState(false)
  const path = deliveryPath(deliveryId, '/webhooks')

  const load = useCallback(
    async (signal: AbortSignal) => {
      // Without the token there is no list, and no reason to ask for it.
      const answer = await callApi(listWebhooksAnswerSchema, path, {
        signal,
        ...(token !== null && { token }),
      })
      if (answer.ok && !signal.aborted) setTold(answer.value.webhooks)
    },
    [path, token],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: loaded again for a new status, of which they are told.
  useEffect(() => {
    const leaving = new AbortController()
    void load(leaving.signal)
    return () => leaving.abort()
  }, [load, status])

  async function sendAgain(id: string) {
    const answer = await call(listWebhooksAnswerSchema, path, { method: 'POST', body: { id } })
    setFailed(!answer.ok)
    if (answer.ok) setTold(answer.value.webhooks)
  }

  if (told.length === 0) return null
  return (
    <section aria-label={say(WORDS.toldShop)} data-testid="told-shop">
      <h3 className="text-body font-bold">{say(WORDS.toldShop)}</h3>
      {told.some(({ state }) => state === 'off') && (
        <p className="mt-2 rounded-2xl bg-danger-soft px-4 py-3 text-body text-danger-soft-ink" role="status">
          {say(WORDS.hookOff)}
        </p>
      )}
      <ul className="mt-2 divide-y divide-line">
        {told.map((each) => (
          <li
            key={`${each.id} ${each.host}`}
            className="flex items-center gap-3 py-2 text-note"
            data-state={each.state}
            data-type={each.type}
          >
            <span className="min-w-0 flex-1">
              <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <span className="text-body font-medium">{say(WEBHOOK_WORDS[each.type])}</span>
                <Pill tone={TONES[each.state]}>{say(HOOK_STATES[each.state])}</Pill>
              </span>
              <span className="mt-0.5 block text-muted tabular-nums wrap-anywhere">
                {[
                  clockWords(each.occurredAtMs, speaker),
                  each.host,
                  ...(each.attempts > 1 ? [say(WORDS.tried, { n: each.attempts })] : []),
                  ...(each.lastAnswer === null ? [] : [say(WORDS.lastAnswer, { answer: each.lastAnswer })]),
                ].join(' · ')}
              </span>
            </span>
            <Button
              onClick={() => sendAgain(each.id)}
              aria-label={`${say(WEBHOOK_WORDS[each.type])}, ${each.host}: ${say(WORDS.sendAgain)}`}
            >
              <RotateCw className="size-4" aria-hidden="true" />
              <span>{say(WORDS.sendAgain)}</span>
            </Button>
          </li>
        ))}
      </ul>
      {failed && (
        <p role="alert" className="mt-2 text-body font-medium text-danger-soft-ink">
          {say(WORDS.sendAgainFailed)}
        </p>
      )}
    </section>
  )
}
