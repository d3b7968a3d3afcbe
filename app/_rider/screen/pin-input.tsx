'use client'
import { useEffect, useId, useRef, useState } from 'react'
import type { Text } from '#app/_words/language.ts'
import { useSay } from '#app/_words/use-language.tsx'
import type { ToldAtEnd } from '../ride/change-status.ts'
import type { PinAsked } from '../ride/rider-state.ts'

const DIGITS = 4
const TICK_MS = 500

const WORDS = {
  pin: { en: 'PIN', ko: '확인 번호' },
  again: { en: 'You can try again in {clock}.', ko: '{clock} 뒤에 다시 시도할 수 있어요.' },
  wrong: {
    en: 'This is not the customer’s PIN. {n} tries are left.',
    ko: '고객의 확인 번호와 달라요. {n}번 더 입력할 수 있어요.',
  },
  lastTry: {
    en: 'This is not the customer’s PIN. One try is left.',
    ko: '고객의 확인 번호와 달라요. 한 번 더 입력할 수 있어요.',
  },
  digits: { en: 'Four digits', ko: '숫자 네 자리' },
} as const satisfies Record<string, Text>

type Props = { asked: PinAsked; busy: boolean; onChange: (told: ToldAtEnd | null) => void }

/** Four digits on the phone's number pad, and in words why they were not taken. */
export function PinInput({ asked, busy, onChange }: Props) {
  const say = useSay()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [digits, setDigits] = useState('')
  const restsMs = useRest(asked.restsUntilMs)

  function take(value: string) {
    const next = value.replaceAll(/\D/g, '').slice(0, DIGITS)
    setDigits(next)
    onChange(next.length === DIGITS ? { pin: next } : null)
  }

  // A new answer of the server: what was typed has been judged, and the next one is typed in its place.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `take` is new at each render.
  useEffect(() => {
    take('')
    input.current?.focus()
  }, [asked])

  const rests = restsMs > 0
  const fault = faultOf(asked, rests)
  return (
    <div className="mt-4 grid justify-items-center gap-2">
      <input
        ref={input}
        inputMode="numeric"
        pattern="[0-9]*"
        placeholder="••••"
        autoComplete="off"
        enterKeyHint="done"
        aria-label={say(WORDS.pin)}
        aria-invalid={fault !== null}
        aria-describedby={id}
        readOnly={busy || rests}
        value={digits}
        onChange={({ target }) => take(target.value)}
        className="h-16 w-52 rounded-2xl border-2 border-line bg-sunken pl-[0.35em] text-center text-figure font-bold tracking-[0.35em] tabular-nums placeholder:text-line read-only:opacity-60 focus:border-accent aria-invalid:border-danger"
      />
      <div id={id} className="min-h-11 text-center text-sm text-pretty">
        <p role="alert" data-testid="pin-fault" className="font-medium text-danger-soft-ink empty:hidden">
          {fault && <span>{say(fault)}</span>}
        </p>
        {/* A timer is not read out each second. */}
        {rests && (
          <p role="timer" className="text-muted tabular-nums">
            {say(WORDS.again, { clock: clock(restsMs) })}
          </p>
        )}
        {!fault && <p className="text-muted">{say(WORDS.digits)}</p>}
      </div>
    </div>
  )
}

function faultOf({ triesLeft, wrong }: PinAsked, rests: boolean): Text | null {
  if (rests) return { en: 'Too many wrong PINs.', ko: '확인 번호를 여러 번 잘못 입력했어요.' }
  // After a rest there are new tries.
  if (!wrong || triesLeft === 0) return null
  return { ...(triesLeft === 1 ? WORDS.lastTry : WORDS.wrong), values: { n: triesLeft } }
}

function clock(ms: number): string {
  const seconds = Math.ceil(ms / 1_000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** Milliseconds until there are tries again, told anew every half second. */
function useRest(untilMs: number | null): number {
  const [leftMs, setLeftMs] = useState(0)
  useEffect(() => {
    const look = () => setLeftMs(untilMs === null ? 0 : Math.max(0, untilMs - Date.now()))
    look()
    if (untilMs === null) return
    const timer = setInterval(look, TICK_MS)
    return () => clearInterval(timer)
  }, [untilMs])
  return leftMs
}
