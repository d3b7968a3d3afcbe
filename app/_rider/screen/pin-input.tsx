'use client'
import { useEffect, useId, useRef, useState } from 'react'
import { type Text, useSay } from '#app/_ui/language.tsx'
import type { ToldAtEnd } from '../ride/change-status.ts'
import type { PinAsked } from '../ride/rider-state.ts'

const DIGITS = 4
const TICK_MS = 500

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
        aria-label="PIN"
        aria-invalid={fault !== null}
        aria-describedby={id}
        readOnly={busy || rests}
        value={digits}
        onChange={({ target }) => take(target.value)}
        className="h-16 w-52 rounded-2xl border-2 border-line bg-sunken pl-[0.35em] text-center text-[34px] font-bold tracking-[0.35em] tabular-nums placeholder:text-line read-only:opacity-60 focus:border-accent aria-invalid:border-danger"
      />
      <div id={id} className="min-h-11 text-center text-sm text-pretty">
        <p role="alert" data-testid="pin-fault" className="font-medium text-danger-soft-ink empty:hidden">
          {fault && <span>{say(fault)}</span>}
        </p>
        {/* A timer is not read out each second. */}
        {rests && (
          <p role="timer" className="text-muted tabular-nums">
            {say({
              en: `You can try again in ${clock(restsMs)}.`,
              ko: `${clock(restsMs)} 뒤에 다시 시도할 수 있습니다.`,
            })}
          </p>
        )}
        {!fault && <p className="text-muted">{say({ en: 'Four digits', ko: '숫자 네 자리' })}</p>}
      </div>
    </div>
  )
}

function faultOf({ triesLeft, wrong }: PinAsked, rests: boolean): Text | null {
  if (rests) return { en: 'Too many wrong PINs.', ko: '번호를 여러 번 잘못 입력했습니다.' }
  // After a rest there are new tries.
  if (!wrong || triesLeft === 0) return null
  return {
    en: `This is not the customer’s PIN. ${triesLeft === 1 ? 'One try is left.' : `${triesLeft} tries are left.`}`,
    ko: `고객의 번호와 다릅니다. ${triesLeft}번 더 시도할 수 있습니다.`,
  }
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
