import { connection } from 'next/server'
import { DispatchScreen } from '#app/_dispatch/dispatch-screen.tsx'
import { pageMetadata } from '#app/_words/page-metadata.ts'
import { services } from '#server/delivery/services.ts'

export const generateMetadata = () => pageMetadata('dispatch', 'not indexed')

export default async function Page() {
  // Per request: the services exist only in the running server, not at build time.
  await connection()
  return <DispatchScreen {...services().publicConfig} />
}
