import type { Metadata } from 'next'
import { connection } from 'next/server'
import { InsidePage } from '#app/_inside/inside-page.tsx'
import { services } from '#server/delivery/services.ts'

export const metadata: Metadata = {
  title: 'Inside',
  description: 'What happens between a rider’s phone and a customer’s map, live.',
}

export default async function Page() {
  // Per request: the services exist only in the running server, not at build time.
  await connection()
  return <InsidePage {...services().publicConfig} />
}
