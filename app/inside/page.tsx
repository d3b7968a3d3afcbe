import type { Metadata } from 'next'
import { connection } from 'next/server'
import { services } from '#server/services.ts'
import { InsidePage } from './inside-page.tsx'

export const metadata: Metadata = {
  title: 'Inside',
  description: 'What happens between a rider’s phone and a customer’s map, live.',
}

export default async function Page() {
  // Per request: the services exist only in the running server, not at build time.
  await connection()
  const { demo, tileUrl, tileAttribution } = services().publicConfig
  return <InsidePage demo={demo} tiles={{ url: tileUrl, attribution: tileAttribution }} />
}
