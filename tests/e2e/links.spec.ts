import type { Page } from '@playwright/test'
import { dispatch } from './support/dispatch.ts'
import { findViolations } from './support/find-violations.ts'
import { expect, test } from './support/fixtures.ts'
import { openCustomer, openRider } from './support/people.ts'
import { watchNetwork } from './support/watch-network.ts'

test('[E2E8] the rider replaces the customer’s link: the old page says so and rests, the new link opens', async ({
  app,
  newPerson,
}) => {
  const created = await dispatch(app.url).createDelivery()
  const rider = await openRider(await newPerson(), created.rider.url)
  const window = await newPerson()
  const network = watchNetwork(window)
  const customer = await openCustomer(window, created.customer.url)
  await rider.choose({ speed: 10, everyS: 1 })
  await rider.start()
  await customer.receives(2)

  const replace = rider.page.getByRole('button', { name: 'Replace the customer’s link' })
  await replace.click()
  await rider.page.getByRole('button', { name: 'Keep it' }).click()
  await expect(customer.root).toHaveAttribute('data-connection', 'connected')
  await replace.click()
  await rider.page.getByRole('button', { name: 'Replace it' }).click()

  await expect(window.getByRole('heading', { name: 'This link has been replaced' })).toBeVisible()
  network.forget()
  const newLink = (await rider.page.getByTestId('new-customer-link').getAttribute('href')) ?? ''
  expect(newLink).not.toBe(created.customer.url)
  const welcome = await openCustomer(await newPerson(), newLink)
  await welcome.receives(4)
  // All the while the old page has asked for nothing and been told nothing.
  expect([network.calls(), network.received()]).toEqual([[], ''])

  // Opened once more, the old link is only known not to work; it was perhaps never whole.
  await window.reload()
  await expect(window.getByRole('heading', { name: 'This link does not work' })).toBeVisible()
  await expect(window.getByTestId('refusal-code')).toHaveText('unauthenticated')
})

/** Everything that could carry a token to somebody who looks on: addresses and Referers, of frames as well. */
function watchAddresses(page: Page): () => Promise<string> {
  const noted: Promise<string>[] = []
  page.on('request', (request) => {
    const note = request.allHeaders().then(({ referer = '' }) => `${request.url()} ${referer}`)
    // The page may close under one that begins after the others were read.
    note.catch(() => {})
    noted.push(note)
  })
  page.on('websocket', (socket) => noted.push(Promise.resolve(socket.url())))
  return async () => (await Promise.allSettled(noted)).map((note) => JSON.stringify(note)).join('\n')
}

test('[E2E9] no token is in any address, Referer or line of the server, whatever page is open', async ({
  app,
  newPerson,
}) => {
  const home = await newPerson()
  const page = await newPerson({ viewport: { width: 1440, height: 900 } })
  const addresses = [watchAddresses(home), watchAddresses(page)]
  await home.goto('/')
  await home.getByRole('button', { name: 'Start a demo delivery' }).click()
  const bothSides = (await home.getByTestId('side-by-side-link').getAttribute('href')) ?? ''
  await page.goto(bothSides)
  const rider = page.frameLocator('iframe[title="Rider"]')
  const customer = page.frameLocator('iframe[title="Customer"]')
  await rider.getByTestId('lab').locator('summary').click()
  await rider.getByText('1 s', { exact: true }).click()
  await rider.getByRole('button', { name: 'Start ride' }).click()
  const seq = async () => Number(await customer.getByTestId('track-page').getAttribute('data-seq'))
  await expect.poll(seq, { timeout: 60_000 }).toBeGreaterThanOrEqual(3)
  await rider.getByRole('button', { name: 'Replace the customer’s link' }).click()
  await rider.getByRole('button', { name: 'Replace it' }).click()
  await expect(customer.getByRole('heading', { name: 'This link has been replaced' })).toBeVisible()
  const newLink = (await rider.getByTestId('new-customer-link').getAttribute('href')) ?? ''
  await openCustomer(home, newLink)

  const tokens = [...new URLSearchParams(bothSides.split('#')[1]).values(), newLink.split('#')[1] ?? '']
  expect(tokens.filter((token) => token.startsWith('eyJ'))).toHaveLength(3)
  const seen = [...(await Promise.all(addresses.map((read) => read()))), app.logs()].join('\n')
  expect(seen).toContain('/api/deliveries/')
  for (const token of tokens) expect(seen).not.toContain(token.split('.')[2])
})

type Sharing = Window & { sent: ShareData[]; copied: string[]; allows: { share: boolean; copy: boolean } }

test('[UI6] a link goes out by the device’s share sheet, else by the clipboard, and where the browser refuses both it is there to be copied by hand', async ({
  newPerson,
}) => {
  const page = await newPerson({ viewport: { width: 320, height: 844 } })
  // A phone on plain http in the network of a computer: no clipboard, and here, as no browser of the tests has one, a share sheet.
  await page.addInitScript(() => {
    const own = { sent: [], copied: [], allows: { share: true, copy: true } } as Pick<
      Sharing,
      'sent' | 'copied' | 'allows'
    >
    Object.assign(window, own)
    Object.defineProperty(navigator, 'clipboard', { value: undefined })
    document.execCommand = () => {
      if (own.allows.copy) own.copied.push(document.getSelection()?.toString() ?? '')
      return own.allows.copy
    }
    navigator.share = async (data = {}) => {
      if (!own.allows.share) throw new DOMException('not now', 'NotAllowedError')
      own.sent.push(data)
    }
  })
  const seen = () =>
    page.evaluate(() => [(window as unknown as Sharing).sent, (window as unknown as Sharing).copied])
  await page.goto('/')
  await page.getByRole('button', { name: 'Start a demo delivery' }).click()
  const path = (await page.getByTestId('customer-link').getAttribute('href')) ?? ''
  const url = new URL(path, page.url()).href
  const share = page.getByRole('button', { name: 'Customer’s page: Share' })
  const copy = page.getByRole('button', { name: /^Customer’s page: Cop(y|ied)$/ })
  await share.click()
  await expect.poll(seen).toEqual([[{ title: 'Customer’s page', url }], []])
  await copy.click()
  await expect(copy).toContainText('Copied')
  expect(await seen()).toEqual([[{ title: 'Customer’s page', url }], [url]])

  await page.evaluate(() => {
    ;(window as unknown as Sharing).allows = Object.assign((window as unknown as Sharing).allows, {
      share: false,
      copy: false,
    })
  })
  for (const button of [share, copy]) {
    await button.click()
    const field = page.getByRole('textbox', { name: 'Customer’s page: Address' })
    await expect(field).toBeFocused()
    await expect(field).toHaveValue(url)
    await expect(field).toHaveAccessibleDescription(/^The browser does not allow it here/)
    expect(await page.evaluate(() => document.getSelection()?.toString())).toBe(url)
    expect(await findViolations(page)).toEqual([])
  }
})
