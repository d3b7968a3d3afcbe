import { expect } from 'vitest'
import { type CreateDeliveryAnswer, listLocationsAnswerSchema } from '#contracts/http.ts'
import { createApi } from '../../support/api.ts'
import { pollUntil } from '../../support/poll-until.ts'
import type { Figures } from './fault-row.ts'
import type { Follower } from './follower.ts'

const WITHIN_MS = 180_000

/** What was promised about one delivery, and to whom. */
export type Account = {
  created: CreateDeliveryAnswer
  /** What a 202 has answered for. */
  acknowledged: ReadonlySet<number>
  followers: readonly Follower[]
}
export type Settled = Required<Pick<Figures, 'acknowledged' | 'stored' | 'delivered' | 'lost' | 'duplicated'>>

/**
 * Waits until everything acknowledged is stored and held by every customer, and sums it up. Fails when something is
 * missing by then, was stored twice, or was pushed twice over one connection.
 */
export async function settleAccounts(url: () => string, accounts: readonly Account[]): Promise<Settled> {
  const stored = new Map<Account, number[]>()
  for (const account of accounts) {
    await pollUntil(
      async () => {
        const seqs = await storedSeqs(url(), account.created)
        stored.set(account, seqs)
        const set = new Set(seqs)
        return [...account.acknowledged].every((seq) => set.has(seq))
      },
      { withinMs: WITHIN_MS, what: 'everything acknowledged, stored' },
    ).catch(() => {})
  }
  const lacks = (follower: Follower, { acknowledged }: Account) =>
    [...acknowledged].filter((seq) => !follower.held.has(seq))
  await pollUntil(
    async () => {
      const behind = accounts.flatMap((account) =>
        account.followers.flatMap((follower) =>
          lacks(follower, account).length > 0 ? [{ follower, account }] : [],
        ),
      )
      await Promise.all(
        behind.map(({ follower, account }) => follower.fill(Math.max(...account.acknowledged))),
      )
      return behind.length === 0
    },
    { withinMs: WITHIN_MS, what: 'everything acknowledged, held by every customer' },
  ).catch(() => {})
  for (const { followers } of accounts) for (const follower of followers) follower.stop()

  const sum = { acknowledged: 0, stored: 0, delivered: 0, lost: 0, duplicated: 0 }
  for (const account of accounts) {
    const { acknowledged, followers } = account
    const seqs = stored.get(account) ?? []
    const set = new Set(seqs)
    const kept = [...acknowledged].filter((seq) => set.has(seq)).length
    sum.acknowledged += acknowledged.size
    sum.stored += kept
    sum.lost += acknowledged.size - kept
    sum.duplicated += seqs.length - set.size
    for (const follower of followers) {
      const missing = lacks(follower, account).length
      sum.delivered += acknowledged.size - missing
      sum.lost += missing
      sum.duplicated += follower.counts.repeated
    }
  }
  expect(sum).toMatchObject({ lost: 0, duplicated: 0 })
  return sum
}

/** The history as its rider reads it, page by page. */
export async function storedSeqs(
  url: string,
  { delivery, rider }: Pick<CreateDeliveryAnswer, 'delivery' | 'rider'>,
): Promise<number[]> {
  const seqs: number[] = []
  for (let afterSeq: number | null = 0; afterSeq !== null; ) {
    const path = `/api/deliveries/${delivery.id}/locations?afterSeq=${afterSeq}`
    const response = await createApi(url).call(path, { token: rider.token })
    const page = listLocationsAnswerSchema.parse(await response.json())
    seqs.push(...page.locations.map(({ seq }) => seq))
    afterSeq = page.nextAfterSeq
  }
  return seqs
}
