import { Phone } from 'lucide-react'

/** Opens the telephone. `small`: the sign alone, beside the name that it belongs to. */
export function CallLink({ phone, words, small = false }: { phone: string; words: string; small?: boolean }) {
  // RFC 3966: spaces and brackets are for the eye.
  const href = `tel:${phone.replaceAll(/[ ()]/g, '')}`
  if (small)
    return (
      <a
        href={href}
        aria-label={words}
        className="grid size-11 shrink-0 place-items-center rounded-full bg-accent-soft text-accent-soft-ink hover:brightness-95"
      >
        <Phone className="size-[18px]" aria-hidden="true" />
      </a>
    )
  return (
    <a
      href={href}
      className="flex min-h-12 min-w-0 items-center justify-center gap-2.5 rounded-2xl bg-accent-soft px-4 py-2.5 text-body font-semibold text-accent-soft-ink hover:brightness-95"
    >
      <Phone className="size-[18px] shrink-0" aria-hidden="true" />
      <span className="min-w-0 truncate">{words}</span>
    </a>
  )
}
