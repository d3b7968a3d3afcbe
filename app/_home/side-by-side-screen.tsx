'use client'
import { ExternalLink, Link2Off } from 'lucide-react'
import { Logo } from '#app/_ui/logo.tsx'
import { Notice } from '#app/_ui/notice.tsx'
import { useFragment } from '#app/_ui/use-fragment.ts'

/** The rider's page and the customer's page in one window. Each is the real page; they share nothing but the server. */
export function SideBySideScreen({ deliveryId }: { deliveryId: string }) {
  const fragment = useFragment()
  if (fragment === null) return null
  const tokens = new URLSearchParams(fragment)
  const [rider, customer] = [tokens.get('rider'), tokens.get('customer')]
  if (!rider || !customer)
    return (
      <Notice icon={Link2Off} title="This link is incomplete" testId="side-by-side-refused">
        <p>It needs both links of a delivery. Please start from the first page.</p>
      </Notice>
    )
  const id = encodeURIComponent(deliveryId)
  return (
    <main className="flex min-h-dvh flex-col md:h-dvh">
      <header className="flex min-h-14 items-center gap-4 px-4 md:px-5">
        <Logo />
        <p className="hidden text-sm text-muted sm:block">
          Two separate pages. All that joins them goes through the server.
        </p>
      </header>
      <div className="grid flex-1 gap-4 px-3 pb-3 md:min-h-0 md:grid-cols-2 md:gap-3">
        <Side title="Rider" src={`/rider/${id}#${rider}`} />
        <Side title="Customer" src={`/track/${id}#${customer}`} />
      </div>
    </main>
  )
}

function Side({ title, src }: { title: string; src: string }) {
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
          <span>Open alone</span>
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
