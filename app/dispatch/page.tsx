import type { Metadata } from 'next'
import { connection } from 'next/server'
import { DispatchScreen } from '#app/_dispatch/dispatch-screen.tsx'
import { services } from '#server/delivery/services.ts'

export const metadata: Metadata = { title: 'Dispatch', robots: { index: false } }

export default async function Page() {
  // Per request: the services exist only in the running server, not at build time.
  await connection()
  return <DispatchScreen {...services().publicConfig} />
}
