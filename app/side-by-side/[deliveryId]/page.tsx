import type { Metadata } from 'next'
import { connection } from 'next/server'
import { SideBySideScreen } from '#app/_home/side-by-side-screen.tsx'

export const metadata: Metadata = { title: 'Side by side', robots: { index: false } }

export default async function SideBySidePage({ params }: { params: Promise<{ deliveryId: string }> }) {
  await connection()
  const { deliveryId } = await params
  return <SideBySideScreen deliveryId={deliveryId} />
}
