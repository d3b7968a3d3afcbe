'use client'
import { type SubmitEvent, useEffect, useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'
import type { Text } from '#app/_words/language.ts'
import { useSay } from '#app/_words/use-language.tsx'
import type { ToldAtEnd } from '../ride/change-status.ts'
import type { PinAsked } from '../ride/rider-state.ts'
import { FailureReason } from './failure-reason.tsx'
import { PinInput } from './pin-input.tsx'

export type RideEnd = 'delivered' | 'cancelled' | 'failed'

const WORDS: Record<RideEnd, { title: Text; text: Text; keep: Text; end: Text }> = {
  delivered: {
    title: { en: 'Is it handed over?', ko: '전달했나요?' },
    text: {
      en: 'The delivery ends, and your location is no longer shared. This cannot be undone.',
      ko: '배달이 끝나고 위치 공유도 멈춰요. 되돌릴 수 없어요.',
    },
    keep: { en: 'Not yet', ko: '아직이요' },
    end: { en: 'Yes, delivered', ko: '네, 전달했어요' },
  },
  cancelled: {
    title: { en: 'Cancel this delivery?', ko: '이 배달을 취소할까요?' },
    text: {
      en: 'The customer is told, and your location is no longer shared. This cannot be undone.',
      ko: '고객에게 알리고 위치 공유도 멈춰요. 되돌릴 수 없어요.',
    },
    keep: { en: 'Keep riding', ko: '계속 배달하기' },
    end: { en: 'Yes, cancel it', ko: '네, 취소할게요' },
  },
  failed: {
    title: { en: 'Why was it not delivered?', ko: '왜 전달하지 못했나요?' },
    text: {
      en: 'The shop is told the reason. The delivery ends, and your location is no longer shared.',
      ko: '이유를 가게에 알려요. 배달이 끝나고 위치 공유도 멈춰요.',
    },
    keep: { en: 'Keep riding', ko: '계속 배달하기' },
    end: { en: 'Yes, end it', ko: '네, 끝낼게요' },
  },
}
const PIN_WORDS = {
  title: { en: 'The customer’s PIN', ko: '고객의 확인 번호' },
  text: {
    en: 'Ask the customer: it is on the page where they follow you. The shop can end a delivery without it.',
    ko: '고객의 배달 화면에 있으니 물어봐 주세요. 번호를 모르면 가게에서 배달을 끝낼 수 있어요.',
  },
} satisfies Record<string, Text>

/** A double tap's second tap within this time is ignored, whichever button it meets. */
const READ_MS = 400

type Props = {
  end: RideEnd
  /** If it is asked for. */
  pin: PinAsked | null
  /** An answer is waited for. */
  busy: boolean
  onEnd: (told: ToldAtEnd) => void
  onKeep: () => void
}

/** A tap can be an accident and an end is final, so this asks for confirmation. Escape and Back keep the ride. */
export function EndQuestion({ end, pin, busy, onEnd, onKeep }: Props) {
  const say = useSay()
  const [isReadable, setReadable] = useState(false)
  /** The PIN or the reason, once it is whole. */
  const [told, setTold] = useState<ToldAtEnd | null>(null)
  const words = { ...WORDS[end], ...(pin && PIN_WORDS) }
  const isTold = told !== null || (end !== 'failed' && pin === null)

  useEffect(() => {
    const timer = setTimeout(() => setReadable(true), READ_MS)
    return () => clearTimeout(timer)
  }, [])

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    if (isReadable && isTold && !busy) onEnd(told ?? {})
  }

  return (
    <Dialog title={say(words.title)} look="sheet" onClose={onKeep}>
      <form onSubmit={submit}>
        <p className="mt-1.5 text-body text-pretty text-muted">{say(words.text)}</p>
        {pin && <PinInput asked={pin} busy={busy} onChange={setTold} />}
        {end === 'failed' && <FailureReason onChange={setTold} />}
        <div className="mt-5 grid gap-3">
          <Button size="lg" onClick={({ detail: taps }) => (isReadable || taps === 0) && onKeep()}>
            {say(words.keep)}
          </Button>
          <Button
            type="submit"
            size="lg"
            look={end === 'delivered' ? 'accent' : 'danger'}
            inactive={!isReadable || !isTold || busy}
          >
            {say(words.end)}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
