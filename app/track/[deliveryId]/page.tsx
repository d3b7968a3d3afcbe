import type { Metadata } from 'next'
import { connection } from 'next/server'
import { TrackScreen } from '#app/_tracking/track-screen.tsx'
import { services } from '#server/delivery/services.ts'

export const metadata: Metadata = { title: 'Your delivery', robots: { index: false } }

export default async function TrackPage({ params }: { params: Promise<{ deliveryId: string }> }) {
  // Per request: the services exist only in the running server, not at build time.
  await connection()
  const { deliveryId } = await params
  return <TrackScreen deliveryId={deliveryId} tiles={services().publicConfig.tiles} />
}
