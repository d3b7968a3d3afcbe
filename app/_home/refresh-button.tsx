'use client'
import { RefreshCw } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { useSay } from '#app/_words/use-language.tsx'
import { WORDS } from './words.ts'

export function RefreshButton() {
  const say = useSay()
  const router = useRouter()
  const [busy, startTransition] = useTransition()
  return (
    <Button disabled={busy} onClick={() => startTransition(() => router.refresh())}>
      <RefreshCw className={`size-4 ${busy ? 'animate-spin' : ''}`} aria-hidden="true" />
      <span>{say(WORDS.refresh)}</span>
    </Button>
  )
}
