import { headers } from 'next/headers'
import { connection } from 'next/server'
import { TrackScreen } from '#app/_tracking/track-screen.tsx'
import { pageMetadata } from '#app/_words/page-metadata.ts'
import { services } from '#server/delivery/services.ts'

export const generateMetadata = () => pageMetadata('track', 'not indexed')

export default async function TrackPage({ params }: { params: Promise<{ deliveryId: string }> }) {
  // Per request: the services exist only in the running server, not at build time.
  await connection()
  const { deliveryId } = await params
  const { publicConfig, firstLook } = services()
  const nonce = (await headers()).get('content-security-policy')?.match(/'nonce-([^']+)'/)?.[1]
  return (
    <>
      <TrackScreen deliveryId={deliveryId} tiles={publicConfig.tiles} />
      {firstLook !== null && (
        <script
          // Runs at once: any other script in the HTML waits for the style sheets first.
          type="module"
          async
          nonce={nonce}
          suppressHydrationWarning
          // biome-ignore lint/security/noDangerouslySetInnerHtml: our own, bundled with the server
          dangerouslySetInnerHTML={{ __html: firstLook }}
        />
      )}
    </>
  )
}
