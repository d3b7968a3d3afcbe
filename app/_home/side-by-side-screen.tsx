'use client'
import { ExternalLink } from 'lucide-react'
import { LanguageSwitch } from '#app/_ui/language-switch.tsx'
import { LinkIncomplete } from '#app/_ui/link-incomplete.tsx'
import { Logo } from '#app/_ui/logo.tsx'
import { useFragment } from '#app/_ui/use-fragment.ts'
import { useTitle } from '#app/_ui/use-title.ts'
import { TITLES } from '#app/_words/titles.ts'
import { useSay } from '#app/_words/use-language.tsx'
import { WORDS } from './words.ts'

/** The rider's page and the customer's page in one window. Each is the real page; they share nothing but the server. */
export function SideBySideScreen({ deliveryId }: { deliveryId: string }) {
  const say = useSay()
  useTitle(TITLES.sideBySide)
  const fragment = useFragment()
  if (fragment === null) return null
  const tokens = new URLSearchParams(fragment)
  const [rider, customer] = [tokens.get('rider'), tokens.get('customer')]
  if (!rider || !customer) return <LinkIncomplete testId="side-by-side-refused" why={WORDS.bothNeeded} />
  const id = encodeURIComponent(deliveryId)
  return (
    <main className="flex min-h-dvh flex-col md:h-dvh">
      <h1 className="sr-only">{say(TITLES.sideBySide)}</h1>
      <header className="flex min-h-14 items-center gap-4 px-4 md:px-5">
        <Logo />
        <p className="hidden text-sm text-muted sm:block">{say(WORDS.twoPages)}</p>
        <LanguageSwitch className="ml-auto" />
      </header>
      <div className="grid flex-1 gap-4 px-3 pb-3 md:min-h-0 md:grid-cols-2 md:gap-3">
        <Side title={say(WORDS.rider)} src={`/rider/${id}#${rider}`} />
        <Side title={say(WORDS.customer)} src={`/track/${id}#${customer}`} />
      </div>
    </main>
  )
}

function Side({ title, src }: { title: string; src: string }) {
  const say = useSay()
  return (
    <section aria-label={title} className="flex h-[88dvh] flex-col md:h-auto">
      <div className="flex min-h-11 items-center justify-between px-1">
        <h2 className="text-sm font-semibold">{title}</h2>
        <a
          href={src}
          target="_blank"
          rel="noreferrer"
          className="inline-flex min-h-11 items-center gap-1.5 rounded-lg px-2 text-sm text-muted hover:text-ink"
        >
          <span>{say(WORDS.alone)}</span>
          <ExternalLink className="size-4" aria-hidden="true" />
        </a>
      </div>
      <iframe
        title={title}
        src={src}
        allow="geolocation; clipboard-write"
        className="w-full flex-1 rounded-3xl border border-line bg-surface"
      />
    </section>
  )
}
