import { connection } from 'next/server'
import { SideBySideScreen } from '#app/_home/side-by-side-screen.tsx'
import { pageMetadata } from '#app/_words/page-metadata.ts'

export const generateMetadata = () => pageMetadata('sideBySide', 'not indexed')

export default async function SideBySidePage({ params }: { params: Promise<{ deliveryId: string }> }) {
  await connection()
  const { deliveryId } = await params
  return <SideBySideScreen deliveryId={deliveryId} />
}
