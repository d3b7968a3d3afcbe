import { connection } from 'next/server'
import { RiderScreen } from '#app/_rider/rider-screen.tsx'
import { pageMetadata } from '#app/_words/page-metadata.ts'
import { services } from '#server/delivery/services.ts'

export const generateMetadata = () => pageMetadata('rider', 'not indexed')

export default async function RiderPage({ params }: { params: Promise<{ deliveryId: string }> }) {
  // Per request: the services exist only in the running server, not at build time.
  await connection()
  const { deliveryId } = await params
  return <RiderScreen deliveryId={deliveryId} {...services().publicConfig} />
}
