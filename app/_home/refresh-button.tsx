'use client'
import { RefreshCw } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useEffect, useTransition } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { useSay } from '#app/_words/use-language.tsx'
import { WORDS } from './words.ts'

const EVERY_MS = 20_000

/** Asks for the page anew: when it is pressed, and by itself while the page is looked at. */
export function RefreshButton() {
  const say = useSay()
  const router = useRouter()
  const [busy, startTransition] = useTransition()
  useEffect(() => {
    let isOver = false
    const timer = setInterval(async () => {
      if (document.visibilityState !== 'visible') return
      // While the server is away Next would leave this page for the browser's own error page.
      const isUp = await fetch('/healthz').then(
        ({ ok }) => ok,
        () => false,
      )
      if (isUp && !isOver) startTransition(() => router.refresh())
    }, EVERY_MS)
    return () => {
      isOver = true
      clearInterval(timer)
    }
  }, [router])
  return (
    <Button disabled={busy} onClick={() => startTransition(() => router.refresh())}>
      <RefreshCw className={`size-4 ${busy ? 'animate-spin' : ''}`} aria-hidden="true" />
      <span>{say(WORDS.refresh)}</span>
    </Button>
  )
}
