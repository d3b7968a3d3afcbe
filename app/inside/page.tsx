import { connection } from 'next/server'
import { InsidePage } from '#app/_inside/inside-page.tsx'
import { pageMetadata } from '#app/_words/page-metadata.ts'
import { services } from '#server/delivery/services.ts'

export const generateMetadata = () => pageMetadata('inside')

export default async function Page() {
  // Per request: the services exist only in the running server, not at build time.
  await connection()
  return <InsidePage {...services().publicConfig} />
}
