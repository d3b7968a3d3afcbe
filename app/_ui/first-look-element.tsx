'use client'
import { firstLookCodes } from './first-look-code.ts'

/** Whole in the HTML; the browser, where it has run by then, is told nothing of its content. */
export function FirstLookElement({ page, nonce }: { page: string; nonce: string | undefined }) {
  return (
    <script
      // Runs at once: any other script in the HTML waits for the style sheets first.
      type="module"
      async
      nonce={nonce}
      suppressHydrationWarning
      // biome-ignore lint/security/noDangerouslySetInnerHtml: our own, bundled with the server
      dangerouslySetInnerHTML={{ __html: firstLookCodes()[page] ?? '' }}
    />
  )
}
