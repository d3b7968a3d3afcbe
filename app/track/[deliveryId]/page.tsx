import { headers } from 'next/headers'
import { connection } from 'next/server'
import { TrackScreen } from '#app/_tracking/track-screen.tsx'
import { FirstLookScript } from '#app/_ui/first-look-script.tsx'
import { pageMetadata } from '#app/_words/page-metadata.ts'
import { services } from '#server/delivery/services.ts'

/** Put on the home screen, the page opens its delivery again: this manifest names no address to start at. */
export const generateMetadata = async () => ({
  ...(await pageMetadata('track', 'not indexed')),
  manifest: '/track/app.webmanifest',
})

export default async function TrackPage({ params }: { params: Promise<{ deliveryId: string }> }) {
  // Per request: the services exist only in the running server, not at build time.
  await connection()
  const { deliveryId } = await params
  const { publicConfig, firstLook } = services()
  const policy = (await headers()).get('content-security-policy')
  return (
    <>
      <TrackScreen deliveryId={deliveryId} tiles={publicConfig.tiles} />
      <FirstLookScript page="track" code={firstLook.track} policy={policy} />
    </>
  )
}
