import { lookOn } from '../../support/kafka-admin.ts'
import { expect, test } from '../support/fixtures.ts'
import { lookAtChapter } from '../support/look-at-chapter.ts'
import { takeChapterScreenshot } from '../support/screenshot.ts'

test('[BURST5] the page’s numbers are those of the worker, of its sockets and of the log', async ({
  app,
  newPerson,
}) => {
  const page = await newPerson({ viewport: { width: 1280, height: 1360 } })
  const chapter = page.getByTestId('chapter-queue')
  const live = chapter.getByTestId('queue-live')
  const figure = async (id: 'http' | 'queue', name: string) =>
    Number(await live.getByTestId(id).getByTestId(name).getAttribute('data-value'))
  const worker = async () =>
    (await (await fetch(`${await live.getAttribute('data-worker')}/count`)).json()) as {
      worked: number
      connections: number
    }
  const send = async () => {
    await live.getByTestId('start-burst').click()
    await expect(live).toHaveAttribute('data-over', 'false')
  }
  const seen = async (topic: string | null) => ({
    ends: await lookOn(app).ends(topic ?? ''),
    committed: await lookOn(app).committed((await live.getAttribute('data-group')) ?? '', topic ?? ''),
  })

  await page.goto('/inside')
  await lookAtChapter(chapter)
  await send()
  // Requests held open are connections of the worker. The page is told four times a second, and the asking is one more.
  // One moment in the middle is enough: a page that is late for once is asked again.
  await expect(async () => {
    expect(await figure('http', 'done')).toBeGreaterThan(5)
    const [before, { connections }, after] = [
      await figure('http', 'held'),
      await worker(),
      await figure('http', 'held'),
    ]
    expect(connections - 1).toBeGreaterThan(5)
    expect(connections - 1).toBeLessThan(30)
    expect(connections - 1).toBeLessThanOrEqual(before)
    expect(connections - 1).toBeGreaterThanOrEqual(after - 8)
  }).toPass({ timeout: 30_000, intervals: [50] })
  await expect(live).toHaveAttribute('data-over', 'true', { timeout: 70_000 })

  const topic = await live.getAttribute('data-topic')
  expect(await figure('http', 'done')).toBe((await worker()).worked)
  expect(await seen(topic)).toEqual({ ends: [{ partition: 0, low: 0, high: 40 }], committed: [40] })
  expect(await figure('queue', 'done')).toBe(40)
  await expect(live.getByTestId('queue').getByTestId('note')).toHaveText('Committed offset 40 of 40')
  for (const name of ['failed', 'repeated', 'held'])
    for (const id of ['http', 'queue'] as const) expect(await figure(id, name), `${id} ${name}`).toBe(0)
  expect(await figure('queue', 'p99')).toBeLessThan(await figure('http', 'p50'))

  await live.getByRole('switch', { name: 'The worker dies half-way' }).click()
  await send()
  await expect(live).toHaveAttribute('data-over', 'true', { timeout: 70_000 })
  await chapter.evaluate((element) => element.scrollIntoView())
  await takeChapterScreenshot(page, 'queue')
  const failed = await figure('http', 'failed')
  expect(failed).toBeGreaterThan(0)
  expect(failed).toBe(40 - (await worker()).worked)
  const secondTopic = await live.getAttribute('data-topic')
  expect(secondTopic).not.toBe(topic)
  expect(await seen(secondTopic)).toEqual({ ends: [{ partition: 0, low: 0, high: 40 }], committed: [40] })
  expect(await figure('queue', 'done')).toBe(40)
  expect(await figure('queue', 'failed')).toBe(0)
  expect(await figure('queue', 'repeated')).toBeGreaterThanOrEqual(1)

  // What the first one left went with the second, and this goes with its visitor.
  const topics = () => lookOn(app).topics()
  await expect.poll(topics, { timeout: 60_000 }).not.toContain(topic)
  await page.close()
  await expect.poll(topics, { timeout: 60_000 }).not.toContain(secondTopic)
})
