'use client'
import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Text } from '#app/_words/language.ts'
import { useSay } from '#app/_words/use-language.tsx'
import { Button } from './button.tsx'
import { copyText } from './copy-text.ts'

const SHOW_DONE_MS = 2_000
const WORDS = {
  idle: { en: 'Copy', ko: '복사' },
  copied: { en: 'Copied', ko: '복사됨' },
  failed: { en: 'Not allowed', ko: '복사할 수 없음' },
} as const satisfies Record<string, Text>

type Props = { label: string; path: string }

/** Copies the absolute address of `path`. */
export function CopyButton({ label, path }: Props) {
  const say = useSay()
  const [outcome, setOutcome] = useState<keyof typeof WORDS>('idle')

  useEffect(() => {
    if (outcome === 'idle') return
    const timer = setTimeout(() => setOutcome('idle'), SHOW_DONE_MS)
    return () => clearTimeout(timer)
  }, [outcome])

  async function copy() {
    const isCopied = await copyText(new URL(path, window.location.origin).href)
    setOutcome(isCopied ? 'copied' : 'failed')
  }

  return (
    <Button onClick={copy} aria-label={label} title={label}>
      {outcome === 'copied' ? <Check className="size-4" /> : <Copy className="size-4" />}
      <span aria-live="polite">{say(WORDS[outcome])}</span>
    </Button>
  )
}
