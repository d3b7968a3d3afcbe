import { io } from 'socket.io-client'
import { INSIDE_NAMESPACE } from '../../../contracts/inside/protocol.ts'
import { expect, test } from '../support/fixtures.ts'
import { lookAtChapter } from '../support/look-at-chapter.ts'

test('[INS6] the page connects, starts a ride, and speaks both languages', async ({ newPerson }) => {
  const page = await newPerson()
  await page.goto('/inside')
  await expect(page.getByTestId('inside-page')).toHaveAttribute('data-connection', 'connected')
  await page.getByRole('button', { name: 'Start a ride' }).click()
  await expect(page.getByTestId('delivery-bar')).toHaveAttribute('data-delivery', /.+/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Inside')
  await page.getByRole('button', { name: '한국어' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('내부 들여다보기')
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('내부 들여다보기')
})

test('[INS6] a chapter is watched only while it is looked at', async ({ newPerson }) => {
  const page = await newPerson()
  const sent: string[] = []
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => sent.push(String(payload))))
  await page.goto('/inside')
  const lookAt = (id: string) => lookAtChapter(page.locator(`#${id}`))
  // The newest: chapters above that grow may push this one out of sight once more before it stays.
  const watchOfLog = () =>
    sent.map((frame) => /\["watch","(\d+)","log:state"/.exec(frame)?.[1]).findLast(Boolean)

  await lookAt('log')
  await expect.poll(watchOfLog).toBeDefined()
  const ended = () => sent.some((frame) => frame.includes(`["unwatch","${watchOfLog()}"]`))
  expect(ended()).toBe(false)
  await lookAt('time')
  await expect(page.locator('#log')).toHaveAttribute('data-active', 'false')
  await expect.poll(ended).toBe(true)
})

test('[INS8] S5: when all places are taken the page says so, and takes one as soon as it is free', async ({
  app,
  newPerson,
}) => {
  test.skip(process.env.TEST_ON_STACK !== undefined, 'the others would be at several instances')
  const others = Array.from({ length: 10 }, () =>
    io(`${app.url}${INSIDE_NAMESPACE}`, { transports: ['websocket'], forceNew: true }),
  )
  try {
    await expect.poll(() => others.every(({ connected }) => connected)).toBe(true)
    const page = await newPerson()
    await page.goto('/inside')
    await expect(page.getByTestId('instance')).toHaveText('All places here are taken; trying again…')
    others[0]?.disconnect()
    await expect(page.getByTestId('inside-page')).toHaveAttribute('data-connection', 'connected')
  } finally {
    for (const other of others) other.disconnect()
  }
})
