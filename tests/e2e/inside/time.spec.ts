import type { Page } from '@playwright/test'
import { TOPIC } from '#contracts/topics.ts'
import { atEnd } from '../../support/at-end.ts'
import { pollUntil } from '../../support/poll-until.ts'
import { readTopics } from '../../support/topic-reader.ts'
import { expect, test } from '../support/fixtures.ts'
import { TAKES_PICTURES, takeChapterScreenshot } from '../support/screenshot.ts'

/** How many of the ride there are before it is looked through; a picture has more to show. */
const POINTS = TAKES_PICTURES ? 24 : 12

test('[TIME6] along the log by offset and by time, up to the cliff, which the lever moves', async ({
  app,
  newPerson,
}) => {
  const topic = app.inKafka(TOPIC.locationUpdated)
  const { records, kafka } = await readTopics(app.broker, [topic])
  const admin = kafka.admin()
  await admin.connect()
  atEnd(() => admin.disconnect())

  const page = await newPerson({ viewport: { width: 1280, height: 1250 } })
  await page.goto('/inside')
  await page.getByRole('button', { name: 'Start a ride' }).click()
  const deliveryBar = page.getByTestId('delivery-bar')
  await expect(deliveryBar).toHaveAttribute('data-delivery', /.+/)
  const chapter = page.getByTestId('chapter-time')
  const facts = chapter.getByTestId('time-facts')
  /** The chapters above grow when they are first passed, and push this one down. */
  const look = () => chapter.evaluate((section) => section.scrollIntoView())
  const slider = chapter.getByTestId('time-slider')
  // Another delivery is another partition, and another axis: nothing of the one before stays.
  await expect(async () => {
    await look()
    await expect(facts).toHaveAttribute('data-seq', /\d/, { timeout: 1_000 })
  }).toPass({ timeout: 60_000 })
  const earlier = (await deliveryBar.getAttribute('data-delivery')) ?? ''
  await page.getByRole('button', { name: 'Another ride' }).click()
  await expect(deliveryBar).not.toHaveAttribute('data-delivery', earlier)
  const fact = async (name: string) => Number(await facts.getAttribute(`data-${name}`))
  await expect(async () => {
    await look()
    await expect(facts).toBeVisible({ timeout: 1_000 })
    expect(await fact('seq')).toBeGreaterThan(POINTS)
  }).toPass({ timeout: 120_000 })

  const deliveryId = await deliveryBar.getAttribute('data-delivery')
  const partition = await fact('partition')
  const kafkas = async () => {
    const [offsets, committed] = await Promise.all([
      admin.fetchTopicOffsets(topic),
      admin.fetchOffsets({ groupId: app.inKafka('history'), topics: [topic] }),
    ])
    const { low, high } = offsets.find((each) => each.partition === partition) ?? {}
    const commit = committed[0]?.partitions.find((each) => each.partition === partition)
    return { low: Number(low), high: Number(high), committed: Number(commit?.offset) }
  }
  await pollUntil(
    async () => {
      const shown = { low: await fact('low'), high: await fact('high'), committed: await fact('committed') }
      return JSON.stringify(shown) === JSON.stringify(await kafkas())
    },
    { withinMs: 60_000, what: 'the numbers of an independent admin client on the page' },
  )
  /** The newest record of the delivery at or before an offset, as an independent consumer has read it. */
  const recordAt = (offset: number) =>
    records.findLast(
      ({ message, partition: p }) =>
        p === partition && message.key?.toString() === deliveryId && Number(message.offset) <= offset,
    )?.message
  const expectShown = async (offset: number) => {
    const record = recordAt(offset)
    const { seq, lat, lng } = JSON.parse(String(record?.value))
    await expect(facts).toHaveAttribute('data-cursor', String(offset))
    await expect(facts).toHaveAttribute('data-offset', record?.offset ?? '')
    await expect(facts).toHaveAttribute('data-seq', String(seq))
    await expect(facts).toHaveAttribute('data-lat', String(lat))
    await expect(facts).toHaveAttribute('data-lng', String(lng))
    await expect(chapter.locator('.rider-marker')).toHaveAttribute('data-seq', String(seq))
    await expect(chapter.getByTestId('record')).toHaveAttribute('data-offset', record?.offset ?? '')
  }

  await pollUntil(() => JSON.parse(String(recordAt(Number.POSITIVE_INFINITY)?.value)).seq > POINTS, {
    withinMs: 60_000,
    what: 'the independent consumer to have read as far',
  })

  // By offset.
  const first = Number(recordAt(Number.POSITIVE_INFINITY)?.offset)
  for (const offset of [first - POINTS / 3, first - (2 * POINTS) / 3]) {
    await slider.fill(String(offset))
    await expectShown(offset)
  }

  // By time: Kafka answers, and an independent client gets the same answer.
  await chapter.getByText('by time', { exact: true }).click()
  const thenMs = Number(recordAt(first - POINTS / 2)?.timestamp)
  await slider.fill(String(thenMs))
  const answer = await admin.fetchTopicOffsetsByTimestamp(topic, thenMs)
  await expectShown(Number(answer.find((each) => each.partition === partition)?.offset))
  await look()
  await takeChapterScreenshot(page, 'time')

  // The lever: the cliff moves, what is before it is gone, and the history has all of it.
  const lowBefore = await fact('low')
  const storedBefore = Number.parseInt(await stored(page), 10)
  await chapter.getByRole('group', { name: 'Let retention' }).getByText('5', { exact: true }).click()
  await chapter.getByRole('button', { name: 'Keep the last 5 records' }).click()
  await expect.poll(() => fact('low')).toBeGreaterThan(lowBefore)
  await pollUntil(async () => (await fact('low')) === (await kafkas()).low, {
    withinMs: 30_000,
    what: 'the low end of an independent admin client on the page',
  })
  await chapter.getByText('by offset', { exact: true }).click()
  await slider.fill(String((await fact('low')) - 1))
  await expect(facts).not.toHaveAttribute('data-seq')
  await expect(chapter.getByText('Before the retention cliff', { exact: false })).toBeVisible()
  await expect(chapter.locator('.rider-marker')).toHaveCount(0)
  await expect.poll(async () => Number.parseInt(await stored(page), 10)).toBeGreaterThan(storedBefore)
})

const stored = async (page: Page) => (await page.getByTestId('time-stored').textContent()) ?? ''
