import type { Page } from '@playwright/test'

/** What the customer reads at one moment. */
export type CustomerLook = {
  atMs: number
  connection: string
  freshness: string
  seq: number
  /** Words about the customer's own line; empty when it is fine. */
  line: string
  /** The pill beside the rider's name. */
  pill: string
  card: string
}

/** What the rider reads at one moment. */
export type RiderLook = {
  atMs: number
  notice: string
  waiting: number
  acknowledged: number
  sharing: boolean
}

export function lookAsCustomer(page: Page): Promise<CustomerLook> {
  return page.evaluate(() => {
    const find = (testId: string) => document.querySelector<HTMLElement>(`[data-testid="${testId}"]`)
    const { connection = '', freshness = '', seq = '0' } = find('track-page')?.dataset ?? {}
    return {
      atMs: Date.now(),
      connection,
      freshness,
      seq: Number(seq),
      line: find('connection')?.innerText.trim() ?? '',
      pill: find('freshness')?.innerText.trim() ?? '',
      card: document.querySelector<HTMLElement>('[aria-label="Delivery"]')?.innerText ?? '',
    }
  })
}

export function lookAsRider(page: Page): Promise<RiderLook> {
  return page.evaluate(() => {
    const find = (testId: string) => document.querySelector<HTMLElement>(`[data-testid="${testId}"]`)
    const count = (name: string) => Number(find(`counter-${name}`)?.innerText)
    return {
      atMs: Date.now(),
      // What is not shown has no inner text of its own.
      notice: find('sending-notice')?.offsetParent ? (find('sending-notice')?.innerText ?? '') : '',
      waiting: count('waiting'),
      acknowledged: count('acknowledged'),
      sharing: find('rider-page')?.dataset.sharing === 'true',
    }
  })
}
