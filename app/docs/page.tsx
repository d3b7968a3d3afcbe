import { connection } from 'next/server'
import { DocsPage } from '#app/_docs/docs-page.tsx'
import { pageMetadata } from '#app/_words/page-metadata.ts'

export const generateMetadata = () => pageMetadata('docs')

export default async function Page() {
  // Per request: the scripts of each answer have a nonce of their own.
  await connection()
  return <DocsPage />
}
