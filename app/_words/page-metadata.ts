import type { Metadata } from 'next'
import { pageLanguage } from './page-language.ts'
import { DESCRIPTIONS, TITLES } from './titles.ts'

/** What a page’s HTML says of it in its head. A page that belongs to one delivery is not for search engines. */
export async function pageMetadata(
  page: keyof typeof TITLES,
  robots: 'indexed' | 'not indexed' = 'indexed',
): Promise<Metadata> {
  const { say } = await pageLanguage()
  const described = page === 'docs' || page === 'inside'
  return {
    title: say(TITLES[page]),
    ...(described && { description: say(DESCRIPTIONS[page]) }),
    ...(robots === 'not indexed' && { robots: { index: false } }),
  }
}
