import { dispatch } from '../support/dispatch.ts'
import { expect, test } from '../support/fixtures.ts'

test('[INS7] another delivery is chosen while the maps still move to the first: no error, and the new one is shown', async ({
  app,
  newPerson,
}) => {
  const http = dispatch(app.url)
  const both = [await http.createDelivery(), await http.createDelivery()]
  for (const each of both) {
    await http.pickUp(each)
    await http.report(each, 1)
  }
  const page = await newPerson()
  await page.goto('/inside')
  const bar = page.getByTestId('delivery-bar')
  await bar.getByRole('combobox').selectOption(both[0]?.delivery.id ?? '')
  await page.getByTestId('chapter-journey').evaluate((element) => element.scrollIntoView())
  await expect(page.getByTestId('journey-map').getByTestId('home-marker')).toBeAttached()
  // An animated zoom takes Leaflet 250 ms, and a choice less. Errors of the page fail the test.
  for (let times = 0; times < 20; times += 1)
    await bar.getByRole('combobox').selectOption(both[times % 2]?.delivery.id ?? '')
  await expect(bar).toHaveAttribute('data-delivery', both[1]?.delivery.id ?? '')
  await expect(page.getByTestId('journey-map').getByTestId('rider-marker')).toBeAttached()
})
