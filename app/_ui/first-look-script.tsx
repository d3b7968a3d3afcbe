/** The script of first-look.ts; null in development. */
export function FirstLookScript({ code, policy }: { code: string | null; policy: string | null }) {
  if (code === null) return null
  return (
    <script
      // Runs at once: any other script in the HTML waits for the style sheets first.
      type="module"
      async
      nonce={policy?.match(/'nonce-([^']+)'/)?.[1]}
      suppressHydrationWarning
      // biome-ignore lint/security/noDangerouslySetInnerHtml: our own, bundled with the server
      dangerouslySetInnerHTML={{ __html: code }}
    />
  )
}
