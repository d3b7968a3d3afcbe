import { headers } from 'next/headers'
import { connection } from 'next/server'
import { RiderScreen } from '#app/_rider/rider-screen.tsx'
import { FirstLookScript } from '#app/_ui/first-look-script.tsx'
import { pageMetadata } from '#app/_words/page-metadata.ts'
import { services } from '#server/delivery/services.ts'

export const generateMetadata = () => pageMetadata('rider', 'not indexed')

export default async function RiderPage({ params }: { params: Promise<{ deliveryId: string }> }) {
  // Per request: the services exist only in the running server, not at build time.
  await connection()
  const { deliveryId } = await params
  const { publicConfig, firstLook } = services()
  const policy = (await headers()).get('content-security-policy')
  return (
    <>
      <RiderScreen deliveryId={deliveryId} {...publicConfig} />
      <FirstLookScript page="rider" code={firstLook.rider} policy={policy} />
    </>
  )
}
