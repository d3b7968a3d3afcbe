import type { Metadata } from 'next'
import { connection } from 'next/server'
import { RiderScreen } from '#app/_rider/rider-screen.tsx'
import { services } from '#server/delivery/services.ts'

export const metadata: Metadata = { title: 'Rider', robots: { index: false } }

export default async function RiderPage({ params }: { params: Promise<{ deliveryId: string }> }) {
  // Per request: the services exist only in the running server, not at build time.
  await connection()
  const { deliveryId } = await params
  return <RiderScreen deliveryId={deliveryId} tiles={services().publicConfig.tiles} />
}
