import Link from 'next/link'

export function Logo() {
  return (
    <Link href="/" className="inline-flex items-center gap-2 rounded-lg font-semibold tracking-tight">
      <svg viewBox="0 0 64 64" className="size-7" aria-hidden="true">
        <rect width="64" height="64" rx="18" fill="var(--accent)" />
        <path
          d="M32 12 50 50 32 42 14 50Z"
          fill="var(--accent-ink)"
          stroke="var(--accent-ink)"
          strokeWidth="4"
          strokeLinejoin="round"
        />
      </svg>
      Rider Live
    </Link>
  )
}
