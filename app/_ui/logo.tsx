'use client'
import { useBrand } from './brand.tsx'

/** The link to the first page; it leaves the frame when the page is shown side by side. */
export function Logo() {
  const { name, logo } = useBrand()
  return (
    <a
      href="/"
      target="_top"
      className="inline-flex min-h-11 items-center gap-2 rounded-lg font-semibold tracking-tight"
    >
      {logo === null ? (
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
      ) : (
        // biome-ignore lint/performance/noImgElement: nothing here needs Next's optimizer, which production leaves out.
        <img src={logo} alt="" className="h-7 w-auto max-w-24" />
      )}
      <span>{name}</span>
    </a>
  )
}
