import type { Page } from '@playwright/test'
import { HEADER, TOPIC } from '#contracts/topics.ts'
import { pollUntil } from '../../support/poll-until.ts'
import { type ReadRecord, readTopics } from '../../support/topic-reader.ts'
import { expect, test } from '../support/fixtures.ts'
import { takeChapterScreenshot } from '../support/screenshot.ts'

test('[JOUR7] what the page shows of a point is what lies in the log, and the point is painted', async ({
  app,
  newPerson,
}) => {
  const page = await newPerson({ viewport: { width: 1280, height: 1100 } })
  const requestIds: string[] = []
  page.on('response', (response) => {
    if (response.request().method() === 'POST' && response.url().endsWith('/locations'))
      requestIds.push(response.headers()['x-request-id'] ?? '')
  })
  const chapter = await openJourney(page)
  const rows = chapter.getByTestId('journey-row')
  await expect(rows).toHaveCount(12, { timeout: 80_000 })
  await expect(rows.nth(3).locator('[data-hop=paint]')).toHaveAttribute('data-ms', /\d/)

  // Held while the pointer is over them.
  await rows.nth(5).hover()
  const shown = await rows.evaluateAll((elements) =>
    elements.map((row) => {
      const { seq, partition, offset, requestId } = (row as HTMLElement).dataset
      const hops = [...row.querySelectorAll<HTMLElement>('[data-hop]')].map(({ dataset }) => dataset)
      return {
        seq,
        partition,
        offset,
        requestId,
        hops: Object.fromEntries(hops.map(({ hop, ms }) => [hop, ms])),
      }
    }),
  )
  const { records } = await readTopics(app.broker, [app.inKafka(TOPIC.locationUpdated)])
  const deliveryId = await page.getByTestId('delivery-bar').getAttribute('data-delivery')
  const recordOf = (seq: number) =>
    pollUntil(
      () =>
        records.find(
          ({ message }) =>
            message.key?.toString() === deliveryId && JSON.parse(String(message.value)).seq === seq,
        ),
      { withinMs: 60_000, what: `point ${seq} in the log` },
    )
  for (const { seq, partition, offset, requestId, hops } of shown) {
    const record = await recordOf(Number(seq))
    expect({ partition, offset, requestId }).toEqual({
      partition: String(record.partition),
      offset: record.message.offset,
      requestId: headerOf(record, HEADER.requestId),
    })
    expect(requestIds).toContain(requestId)
    const sentAtMs = Number(headerOf(record, HEADER.sentAtMs))
    const receivedAtMs = Number(headerOf(record, HEADER.receivedAtMs))
    const publishedAtMs = Number(headerOf(record, HEADER.publishedAtMs))
    const { recordedAtMs } = JSON.parse(String(record.message.value))
    expect(hops).toMatchObject({
      queue: String(Math.max(0, sentAtMs - recordedAtMs)),
      post: String(Math.max(0, receivedAtMs - sentAtMs)),
      service: String(publishedAtMs - receivedAtMs),
      append: String(Math.max(0, Number(record.message.timestamp) - publishedAtMs)),
    })
  }

  // A row leads to its record and its dot.
  const row = rows.nth(6)
  await row.click()
  const seq = Number(await row.getAttribute('data-seq'))
  const record = await recordOf(seq)
  await expectRecord(chapter, record)
  await expect(chapter.locator(`[data-dot="${seq}"]`)).toHaveAttribute('aria-pressed', 'true')
  await takeChapterScreenshot(page, 'journey')

  // A dot leads to its record and its row, by key as by hand.
  const otherDot = chapter.locator('[data-dot][aria-pressed="false"]:not([inert])').first()
  const other = Number(await otherDot.getAttribute('data-dot'))
  await chapter.locator(`[data-dot="${other}"]`).press('Enter')
  await expectRecord(chapter, await recordOf(other))
  await expect(chapter.locator(`[data-testid=journey-row][data-seq="${other}"]`)).toHaveAttribute(
    'aria-pressed',
    'true',
  )

  await expect(chapter.getByTestId('last-arrival')).toHaveText(
    /judged when a ride has ended|came, against the middle/,
  )

  // And on it goes.
  await chapter.getByRole('button', { name: 'Go on live' }).click()
  await expect(rows.first()).not.toHaveAttribute('data-seq', shown[0]?.seq ?? '')
})

async function openJourney(page: Page) {
  await page.goto('/inside')
  await page.getByRole('button', { name: 'Start a ride' }).click()
  const chapter = page.getByTestId('chapter-journey')
  await chapter.getByRole('heading', { level: 2 }).evaluate((title) => title.scrollIntoView())
  return chapter
}

async function expectRecord(
  chapter: Awaited<ReturnType<typeof openJourney>>,
  { partition, message }: ReadRecord,
) {
  const card = chapter.getByTestId('record')
  await expect(card).toHaveAttribute('data-offset', message.offset)
  await expect(card).toHaveAttribute('data-partition', String(partition))
  await expect(card.locator('[data-fact=key]')).toHaveText(String(message.key))
  await expect(card.locator('[data-fact=timestamp]')).toHaveText(message.timestamp)
  for (const [name, value] of Object.entries(message.headers ?? {}))
    await expect(card.locator(`[data-fact="${name}"]`)).toHaveText(String(value))
  const value = await card.getByTestId('record-value').textContent()
  expect(JSON.parse(value ?? '')).toEqual(JSON.parse(String(message.value)))
}

const headerOf = ({ message }: ReadRecord, name: string) => String(message.headers?.[name])
