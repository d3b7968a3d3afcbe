'use client'
import { useId, useState } from 'react'
import type { Text } from '#app/_words/language.ts'
import { useSay } from '#app/_words/use-language.tsx'
import type { ToldAtEnd } from '../ride/change-status.ts'

const REASONS: readonly Text[] = [
  { en: 'Nobody opens the door', ko: '벨을 눌러도 응답이 없어요' },
  { en: 'The customer does not answer', ko: '고객이 연락을 받지 않아요' },
  { en: 'The address cannot be found', ko: '주소를 찾을 수 없어요' },
  { en: 'The customer does not want it', ko: '고객이 수령을 거부했어요' },
]
const OTHER: Text = { en: 'Another reason', ko: '다른 이유' }
const MOST_LETTERS = 200

/** Why an order could not be handed over: one of the usual reasons, or the rider's own words. */
export function FailureReason({ onChange }: { onChange: (told: ToldAtEnd | null) => void }) {
  const say = useSay()
  const name = useId()
  const [isOther, setOther] = useState(false)

  return (
    <fieldset className="mt-4 grid gap-2">
      <legend className="sr-only">{say({ en: 'Reason', ko: '이유' })}</legend>
      {[...REASONS, OTHER].map((reason) => (
        <label
          key={reason.en}
          className="flex min-h-11 cursor-pointer items-center gap-3 rounded-xl border border-line px-3.5 py-2 text-body font-medium has-checked:border-accent has-checked:bg-accent-soft has-checked:text-accent-soft-ink"
        >
          <input
            type="radio"
            name={name}
            className="size-5 shrink-0 accent-(--accent)"
            onChange={() => {
              setOther(reason === OTHER)
              onChange(reason === OTHER ? null : { reason: say(reason) })
            }}
          />
          <span>{say(reason)}</span>
        </label>
      ))}
      {isOther && (
        <input
          // biome-ignore lint/a11y/noAutofocus: the rider has just asked for it.
          autoFocus
          type="text"
          maxLength={MOST_LETTERS}
          aria-label={say({ en: 'The reason in your words', ko: '이유를 적어 주세요' })}
          placeholder={say({ en: 'In your words', ko: '이유를 적어 주세요' })}
          className="min-h-12 w-full rounded-xl border border-line bg-surface px-3.5 text-base"
          onChange={({ target }) => onChange(target.value.trim() ? { reason: target.value.trim() } : null)}
        />
      )}
    </fieldset>
  )
}
