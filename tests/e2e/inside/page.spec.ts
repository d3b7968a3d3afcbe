import { expect, test } from '../support/fixtures.ts'

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
