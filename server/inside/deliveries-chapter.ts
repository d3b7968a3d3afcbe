import { issueLink } from '../access/issue-link.ts'
import type { Tokens } from '../access/tokens.ts'
import { listDeliveries } from '../db/deliveries.ts'
import type { Database } from '../db/open-database.ts'
import { queryWithDeadline } from '../db/query-with-deadline.ts'
import type { Chapter } from './chapter.ts'

const MOST = 20

/** The deliveries to look at. Only dispatch may see this page, and dispatch may see what a customer sees. */
export function createDeliveriesChapter({ db, tokens }: { db: Database; tokens: Tokens }): Chapter {
  return {
    calls: {
      async 'deliveries:running'() {
        const records = await queryWithDeadline(() => listDeliveries(db, { state: 'live', limit: MOST }))
        return records.map(({ delivery, links }) => {
          const link = { role: 'customer', version: links.customer } as const
          return { delivery, customerToken: issueLink(tokens, delivery, link).token }
        })
      },
    },
  }
}
