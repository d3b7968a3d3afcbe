import type { Metadata } from 'next'
import { connection } from 'next/server'
import { DocsPage } from '#app/_docs/docs-page.tsx'

export const metadata: Metadata = {
  title: 'API',
  description: 'The HTTP calls, socket events and Kafka topics of Rider Live.',
}

export default async function Page() {
  // Per request: the scripts of each answer have a nonce of their own.
  await connection()
  return <DocsPage />
}
