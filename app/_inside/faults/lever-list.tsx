'use client'
import { useState } from 'react'
import { Card } from '#app/_ui/card.tsx'
import type { Text } from '#app/_words/language.ts'
import { useSay } from '#app/_words/use-language.tsx'
import {
  type Fault,
  type FaultsState,
  FELT_BY_ALL,
  type Lever,
  leverSchema,
} from '#contracts/inside/faults.ts'
import { LeverRow } from './lever-row.tsx'
import type { RideToBreak } from './use-broken-ride.ts'

type Signal = Extract<Fault, { lever: 'broker' }>['signal']
type ByMs = Extract<Fault, { lever: 'slow' }>['byMs']

const SIGNALS: readonly Signal[] = ['SIGTERM', 'SIGKILL']
const DELAYS_MS: readonly ByMs[] = [300, 700, 1_500]

/** All levers. Without a ride only those that affect everyone can be used. */
export function LeverList({ state, broken }: { state: FaultsState | null; broken: RideToBreak }) {
  const say = useSay()
  const [signal, setSignal] = useState<Signal>('SIGKILL')
  const [byMs, setByMs] = useState<ByMs>(700)
  const { ride, trouble, linkExpires } = broken

  function faultOf(lever: Lever): Fault | null {
    if (lever === 'broker') return { lever, signal }
    if (lever === 'slow') return { lever, byMs }
    if (lever === 'consumer') return { lever }
    return ride && { lever, deliveryId: ride.delivery.id, riderToken: ride.rider.token }
  }

  return (
    <Card className="!p-3 sm:!p-4">
      <ul className="grid" data-testid="levers">
        {leverSchema.options.map((lever) => {
          const fault = faultOf(lever)
          const exists = state?.levers.includes(lever) ?? false
          const endsInMs = state?.pulled.find((each) => each.lever === lever)?.endsInMs ?? null
          const expired = lever === 'token' && linkExpires && endsInMs === null
          return (
            <LeverRow
              key={lever}
              lever={lever}
              endsInMs={endsInMs}
              missing={
                state === null ? null : (whyMissing(exists, fault !== null) ?? whyResting(lever, state))
              }
              onPull={() => fault && broken.pull(fault)}
              onUndo={() => broken.undo(lever)}
              {...(expired
                ? { instead: { words: { en: 'New link', ko: '새 링크' }, act: broken.giveNewLink } }
                : {})}
            >
              {lever === 'broker' && (
                <Options
                  name={{ en: 'Signal', ko: '시그널' }}
                  options={SIGNALS}
                  value={signal}
                  onChange={setSignal}
                />
              )}
              {lever === 'slow' && (
                <Options
                  name={{ en: 'Delay', ko: '지연' }}
                  options={DELAYS_MS}
                  value={byMs}
                  onChange={setByMs}
                  unit=" ms"
                />
              )}
            </LeverRow>
          )
        })}
      </ul>
      <p role="status" className="mt-1 min-h-5 px-2 text-note text-muted">
        {say(
          trouble ?? {
            en: 'Each goes back by itself after 12 s.',
            ko: '레버는 12초 뒤에 자동으로 돌아옵니다.',
          },
        )}
      </p>
    </Card>
  )
}

function whyMissing(exists: boolean, hasRide: boolean): Text | null {
  if (!exists) return { en: 'only the embedded broker', ko: '내장 브로커에서만' }
  return hasRide ? null : { en: 'needs the ride', ko: '배달을 먼저 시작해 주세요' }
}

/** Levers that affect everyone work one at a time, with a pause in between. */
function whyResting(lever: Lever, { pulled, restsForMs }: FaultsState): Text | null {
  if (!FELT_BY_ALL.includes(lever)) return null
  if (pulled.some((each) => each.lever !== lever && FELT_BY_ALL.includes(each.lever)))
    return { en: 'everyone feels it: one at a time', ko: '모두에게 영향이 있어 한 번에 하나씩만' }
  if (restsForMs === 0) return null
  const seconds = Math.ceil(restsForMs / 1_000)
  return {
    en: 'everyone feels it, so it rests: {seconds} s',
    ko: '모두에게 영향이 있어 쉬는 중: {seconds}초',
    values: { seconds },
  }
}

type OptionsProps<Value> = {
  name: Text
  options: readonly Value[]
  value: Value
  unit?: string
  onChange: (value: Value) => void
}

function Options<Value extends string | number>({
  name,
  options,
  value,
  unit = '',
  onChange,
}: OptionsProps<Value>) {
  const say = useSay()
  return (
    <select
      aria-label={say(name)}
      value={value}
      onChange={({ target }) => {
        const chosen = options[target.selectedIndex]
        if (chosen !== undefined) onChange(chosen)
      }}
      className="min-h-11 rounded-xl border border-line bg-surface px-2 text-note font-medium"
    >
      {options.map((option) => (
        <option key={option} value={option}>
          {`${option}${unit}`}
        </option>
      ))}
    </select>
  )
}
