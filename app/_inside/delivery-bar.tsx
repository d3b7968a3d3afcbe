'use client'
import { Play } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { shortName } from '#app/_words/place-name.ts'
import { useLanguage } from '#app/_words/use-language.tsx'
import { useDelivery } from './delivery-context.tsx'
import { usePage } from './page-context.ts'

/** Chooses the delivery that all chapters look at. */
export function DeliveryBar() {
  const { running, chosen, choose, ride, startRide, trouble } = useDelivery()
  const { demo } = usePage()
  const { say, language } = useLanguage()
  const [busy, setBusy] = useState(false)

  async function start() {
    setBusy(true)
    await startRide()
    setBusy(false)
  }

  return (
    <div
      className="flex flex-wrap items-center gap-3"
      data-testid="delivery-bar"
      data-delivery={chosen?.delivery.id}
    >
      <label className="flex min-w-0 flex-1 items-center gap-3 sm:flex-none">
        <span className="text-sm font-medium text-muted">{say({ en: 'Delivery', ko: '배달' })}</span>
        <select
          value={chosen?.delivery.id ?? ''}
          onChange={(event) => choose(event.target.value)}
          disabled={running.length === 0}
          className="min-h-11 min-w-0 flex-1 rounded-xl border border-line bg-surface px-3 text-body font-medium sm:w-80"
        >
          {running.length === 0 && (
            <option value="">{say({ en: 'None runs', ko: '진행 중인 배달 없음' })}</option>
          )}
          {running.map(({ delivery }) => (
            <option key={delivery.id} value={delivery.id}>
              {`${shortName(delivery.store.name, language)} · ${delivery.id.slice(0, 4)}`}
            </option>
          ))}
        </select>
      </label>
      {demo && (
        <Button look={ride ? 'quiet' : 'accent'} onClick={start} disabled={busy}>
          <Play className="size-4" aria-hidden="true" />
          <span>
            {say(
              ride ? { en: 'Another ride', ko: '다른 배달 시작' } : { en: 'Start a ride', ko: '배달 시작' },
            )}
          </span>
        </Button>
      )}
      {trouble && (
        <p role="alert" className="text-sm font-medium text-danger">
          {say(trouble)}
        </p>
      )}
    </div>
  )
}
