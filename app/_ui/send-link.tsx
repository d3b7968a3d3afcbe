'use client'
import { Check, Copy, Share2 } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import type { Text } from '#app/_words/language.ts'
import { useSay } from '#app/_words/use-language.tsx'
import { Button } from './button.tsx'
import { copyText } from './copy-text.ts'

const SHOW_DONE_MS = 2_000
const WORDS = {
  share: { en: 'Share', ko: '공유' },
  copy: { en: 'Copy', ko: '복사' },
  copied: { en: 'Copied', ko: '복사됨' },
  byHand: {
    en: 'The browser does not allow it here. The address is selected: copy it from this field.',
    ko: '이 브라우저에서는 자동으로 복사할 수 없어요. 아래 주소가 선택돼 있으니 직접 복사해 주세요.',
  },
  address: { en: 'Address', ko: '주소' },
} as const satisfies Record<string, Text>

type Props = {
  /** Whose link it is. */
  name: string
  path: string
}

/**
 * Sends the absolute address of `path` by the device's own share sheet, where it has one, or copies it. Where the browser
 * refuses, the address stands there, selected. For a row that wraps.
 */
export function SendLink({ name, path }: Props) {
  const say = useSay()
  const [isCopied, setCopied] = useState(false)
  const [refusals, setRefusals] = useState(0)
  const url = new URL(path, window.location.origin).href
  const copyWord = say(isCopied ? WORDS.copied : WORDS.copy)
  // Absent on plain http, as on a phone that opens the demo of a computer in its network.
  const canShare = typeof navigator.share === 'function'

  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), SHOW_DONE_MS)
    return () => clearTimeout(timer)
  }, [isCopied])

  async function share() {
    try {
      await navigator.share({ title: name, url })
    } catch (cause) {
      // Whoever shares may think better of it.
      if (cause instanceof DOMException && cause.name === 'AbortError') return
      console.warn('The link could not be shared', cause)
      setRefusals(refusals + 1)
    }
  }
  async function copy() {
    const done = await copyText(url)
    setCopied(done)
    setRefusals(done ? 0 : refusals + 1)
  }

  return (
    <>
      {canShare && (
        <Button onClick={share} aria-label={`${name}: ${say(WORDS.share)}`}>
          <Share2 className="size-4" aria-hidden="true" />
          <span>{say(WORDS.share)}</span>
        </Button>
      )}
      <Button onClick={copy} aria-label={`${name}: ${copyWord}`}>
        {isCopied ? (
          <Check className="size-4" aria-hidden="true" />
        ) : (
          <Copy className="size-4" aria-hidden="true" />
        )}
        <span>{copyWord}</span>
      </Button>
      {/* What a button holds is not announced when it changes. */}
      <span role="status" className="sr-only">
        {isCopied ? say(WORDS.copied) : ''}
      </span>
      {/* Anew for each refusal, to be selected again. */}
      {refusals > 0 && <ByHand key={refusals} name={name} url={url} />}
    </>
  )
}

function ByHand({ name, url }: { name: string; url: string }) {
  const say = useSay()
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  // The focus selects.
  useEffect(() => field.current?.focus(), [])
  return (
    <div className="order-last grid w-full min-w-0 gap-1.5">
      <p id={id} className="text-sm font-medium text-pretty text-muted">
        {say(WORDS.byHand)}
      </p>
      <input
        ref={field}
        readOnly
        value={url}
        aria-label={`${name}: ${say(WORDS.address)}`}
        aria-describedby={id}
        onFocus={({ currentTarget }) => currentTarget.select()}
        className="min-h-11 w-full min-w-0 rounded-xl border border-line bg-surface px-3 text-base text-ink"
      />
    </div>
  )
}
