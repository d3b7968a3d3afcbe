import { dispatch } from './support/dispatch.ts'
import { expect, test } from './support/fixtures.ts'
import { openCustomer } from './support/people.ts'

const M_PER_DEG = 111_195

test('[TRK15] R6: the words follow a rider who goes away from the door again, also after a reload', async ({
  app,
  newPerson,
}) => {
  const http = dispatch(app.url)
  const created = await http.createDelivery()
  const { lat, lng } = created.delivery.destination
  let seq = 0
  const reportAwayM = (metres: number) =>
    http.report(created, ++seq, { lat: lat + metres / M_PER_DEG, lng, accuracyM: 8 })
  await http.pickUp(created)
  await reportAwayM(150)
  const customer = await openCustomer(await newPerson(), created.customer.url)
  const says = (words: string) => expect(customer.page.getByRole('heading', { level: 1 })).toHaveText(words)
  await expect(customer.root).toHaveAttribute('data-status', 'arriving')
  await says('Almost there')

  await reportAwayM(600)
  await says('On the way to you')
  await expect(customer.root).toHaveAttribute('data-status', 'arriving')
  await expect(customer.page.getByTestId('store-marker')).toBeInViewport()
  await customer.page.reload()
  await says('On the way to you')

  await reportAwayM(100)
  await says('Almost there')
})

test('[TRK16] [TRK17] R5 R16: a place that is not believed changes nothing; far from every way there are words instead of an arrival', async ({
  app,
  newPerson,
}) => {
  const http = dispatch(app.url)
  const created = await http.createDelivery()
  await http.pickUp(created)
  await http.report(created, 1)
  const customer = await openCustomer(await newPerson(), created.customer.url)
  const { page } = customer
  await expect(page.getByTestId('eta')).toBeVisible()
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await http.report(created, 2, { lat: 0, lng: 0, accuracyM: 10 })
  await http.report(created, 3)
  await expect(customer.root).toHaveAttribute('data-seq', '3')
  // The gap is asked for, and what comes for it is neither a point of the trail nor asked for again.
  await expect(customer.root).toHaveAttribute('data-points', '2')
  const gaps = () => asked.filter((url) => url.includes('afterSeq=1')).length
  await expect.poll(gaps).toBeGreaterThan(0)
  await http.report(created, 4)
  await expect(customer.root).toHaveAttribute('data-points', '3')
  await expect(page.getByTestId('eta')).toBeVisible()

  const far = await http.createDelivery()
  await http.pickUp(far)
  await http.report(far, 1, { lat: -33.45, lng: -70.66, accuracyM: 10 })
  const other = await openCustomer(await newPerson(), far.customer.url)
  await expect(other.root).toHaveAttribute('data-seq', '1')
  await expect(other.page.getByTestId('no-eta')).toContainText('The arrival cannot be told right now')
  await expect(other.page.getByTestId('eta')).toHaveCount(0)
})
