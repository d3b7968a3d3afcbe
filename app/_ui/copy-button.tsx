'use client'
import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from './button.tsx'

const SHOW_DONE_MS = 2_000

type Props = { label: string; path: string }

/** Copies the absolute address of `path`. */
export function CopyButton({ label, path }: Props) {
  const [outcome, setOutcome] = useState<'idle' | 'copied' | 'failed'>('idle')

  useEffect(() => {
    if (outcome === 'idle') return
    const timer = setTimeout(() => setOutcome('idle'), SHOW_DONE_MS)
    return () => clearTimeout(timer)
  }, [outcome])

  async function copy() {
    try {
      await navigator.clipboard.writeText(new URL(path, window.location.origin).href)
      setOutcome('copied')
    } catch (cause) {
      // No clipboard on plain http other than localhost, or the permission was refused.
      console.warn('The address could not be copied', cause)
      setOutcome('failed')
    }
  }

  return (
    <Button onClick={copy} aria-label={label} title={label}>
      {outcome === 'copied' ? <Check className="size-4" /> : <Copy className="size-4" />}
      <span aria-live="polite">
        {outcome === 'copied' ? 'Copied' : outcome === 'failed' ? 'Not allowed' : 'Copy'}
      </span>
    </Button>
  )
}
