import type { Page, Request } from '@playwright/test'
import { postLocationsBodySchema } from '../../../contracts/http.ts'
import type { ReportedFix } from '../../../contracts/location.ts'

/** One POST of locations that a rider's page tried, whatever came of it. */
export type TriedPost = { atMs: number; fixes: ReportedFix[]; answered: boolean }

/** Call it before the page is opened. */
export function watchPosts(page: Page): { all(): TriedPost[]; seqs(): number[] } {
  const tried: TriedPost[] = []
  const posts = new Map<Request, TriedPost>()
  page.on('request', (request) => {
    if (request.method() !== 'POST' || !request.url().endsWith('/locations')) return
    const { locations } = postLocationsBodySchema.parse(request.postDataJSON())
    const post = { atMs: Date.now(), fixes: locations, answered: false }
    tried.push(post)
    posts.set(request, post)
  })
  page.on('requestfinished', (request) => {
    const post = posts.get(request)
    if (post) post.answered = true
  })
  return {
    all: () => [...tried],
    /** Every number that the page has given and tried to send, once, ascending. */
    seqs: () => [...new Set(tried.flatMap(({ fixes }) => fixes.map(({ seq }) => seq)))].sort((a, b) => a - b),
  }
}
