import type { Page } from '@playwright/test'
import { startApp } from '../support/app.ts'
import { pollUntil } from '../support/poll-until.ts'
import { type Browser, startPushService } from '../support/push-service.ts'
import { startWebhookReceiver, WEBHOOK_SECRET } from '../support/webhook-receiver.ts'
import { dispatch } from './support/dispatch.ts'
import { findViolations } from './support/find-violations.ts'
import { expect, test } from './support/fixtures.ts'
import { makeHideable } from './support/hide-page.ts'

/** A browser without a screen is at no push service: its page is given a subscription at ours. All else is the page's own. */
async function subscribeAt(page: Page, { subscription }: Browser): Promise<void> {
  await page.addInitScript((given) => {
    // A browser without a screen says `denied`, whatever it was granted.
    let permission: NotificationPermission = 'default'
    Object.defineProperty(Notification, 'permission', { get: () => permission })
    Notification.requestPermission = async () => {
      permission = 'granted'
      return permission
    }
    let own: unknown = null
    Object.assign(PushManager.prototype, {
      getSubscription: async () => own,
      subscribe: async (options: PushSubscriptionOptionsInit) => {
        if (!options.userVisibleOnly || String(options.applicationServerKey).length !== 87)
          throw new Error('no key')
        own = { endpoint: given.endpoint, toJSON: () => given, unsubscribe: async () => true }
        return own
      },
    })
  }, subscription)
}

test('[NOTE10] a tap has the customer told: the message goes to the push service, and what it holds is shown by the worker', async ({
  app,
  newPerson,
}) => {
  const created = await dispatch(app.url).createDelivery()
  const page = await newPerson({
    viewport: { width: 390, height: 844 },
    keepsPages: true,
    permissions: ['notifications'],
    locale: 'ko-KR',
  })
  const browser = (await startPushService()).openBrowser()
  await subscribeAt(page, browser)
  await page.goto(created.customer.url)
  const row = page.getByTestId('tell-me')
  await expect(row).toHaveAttribute('data-way', 'push')
  const told = page.getByRole('switch', { name: '배달 알림 받기' })
  await expect(told).not.toBeChecked()
  expect(await findViolations(page)).toEqual([])
  const stored = page.waitForResponse((answer) => answer.request().method() === 'PUT')
  await told.click()
  expect((await stored).status()).toBe(204)
  await expect(told).toBeChecked()

  await dispatch(app.url).pickUp(created)
  const [message] = await pollUntil(() => (browser.received.length > 0 ? browser.received : null), {
    withinMs: 60_000,
    what: 'the message',
  })
  expect(message?.notice).toMatchObject({ status: 'picked_up', title: '고객님께 가고 있어요' })
  const shown = await deliver(page, app.url, JSON.stringify(message?.notice))
  expect(shown).toEqual({ title: '고객님께 가고 있어요', lang: 'ko' })

  const ended = page.waitForResponse((answer) => answer.request().method() === 'DELETE')
  await told.click()
  expect((await ended).status()).toBe(204)
  await expect(told).not.toBeChecked()
})

/**
 * As the browser would, once its push service has brought the message. Returns what the worker has the browser show, which
 * one without a screen cannot.
 */
async function deliver(page: Page, origin: string, data: string): Promise<{ title: string; lang: string }> {
  const [worker] = page.context().serviceWorkers()
  if (!worker) throw new Error('There is no worker')
  const shown = worker.evaluate(
    () =>
      new Promise<{ title: string; lang: string }>((resolve) => {
        ServiceWorkerRegistration.prototype.showNotification = async (title, { lang = '' } = {}) =>
          resolve({ title, lang })
      }),
  )
  const session = await page.context().newCDPSession(page)
  const registration = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const found = registrations.find(({ scopeURL }) => scopeURL.endsWith('/track/'))
      if (found) resolve(found.registrationId)
    })
  })
  await session.send('ServiceWorker.enable')
  const registrationId = await registration
  await session.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data })
  return await shown
}

test('[NOTE11] where messages cannot be had: a sound and vibration that the customer switches on, and a mark in title and icon until the page is looked at', async ({
  app,
  newPerson,
}) => {
  const created = await dispatch(app.url).createDelivery()
  const page = await newPerson()
  const hide = await makeHideable(page)
  await page.addInitScript(() => {
    const heard: string[] = []
    Object.assign(window, { heard })
    const { start } = OscillatorNode.prototype
    OscillatorNode.prototype.start = function (...when) {
      heard.push('tone')
      start.apply(this, when)
    }
    navigator.vibrate = () => heard.push('vibration') > 0
  })
  const heard = () => page.evaluate(() => (window as unknown as { heard: string[] }).heard)
  const icons = () =>
    page.evaluate(() =>
      [...document.querySelectorAll<HTMLLinkElement>('link[rel~="icon"]')].map(({ href }) => href),
    )
  await page.goto(created.customer.url)
  await expect(page.getByTestId('tell-me')).toHaveAttribute('data-way', /page|denied/)
  const before = await icons()
  await page.getByRole('switch', { name: 'Tell me when it comes' }).click()
  // So it sounds.
  expect(await heard()).toEqual(['tone', 'tone', 'vibration'])

  await hide(true)
  await dispatch(app.url).pickUp(created)
  await expect.poll(heard).toEqual(Array(2).fill(['tone', 'tone', 'vibration']).flat())
  await expect(page).toHaveTitle('● On the way to you · Rider Live')
  for (const href of await icons()) expect(href).toContain('/icons/news.svg')
  await hide(false)
  await expect(page).toHaveTitle('On the way to you · Rider Live')
  expect(await icons()).toEqual(before)

  await page.getByRole('switch', { name: 'Tell me when it comes' }).click()
  await dispatch(app.url).deliver(created)
  await expect(page.getByTestId('track-page')).toHaveAttribute('data-status', 'delivered')
  await expect(page.getByTestId('tell-me')).toHaveCount(0)
  expect(await heard()).toHaveLength(6)
})

test('[HOOK17] a receiver that answered 410 is marked on the board, and an event sent again switches it on', async ({
  newPerson,
}) => {
  const shop = await startWebhookReceiver()
  const app = await startApp({
    env: { WEBHOOK_URL: shop.url, WEBHOOK_SECRET, TILE_URL: 'off', LOG_LEVEL: 'warn' },
  })
  const created = await dispatch(app.url).createDelivery()
  const page = await newPerson({ viewport: { width: 1280, height: 900 } })
  await page.goto(`${app.url}/dispatch`)
  const row = page.locator(`[data-delivery="${created.delivery.id}"]`).first()
  await row.click()
  const told = page.getByTestId('sheet').getByTestId('told-shop')
  await expect(told.locator('li')).toHaveAttribute('data-state', 'sent', { timeout: 30_000 })

  shop.answer = () => ({ status: 410 })
  await dispatch(app.url).pickUp(created)
  await expect
    .poll(async () => (await (await fetch(`${app.url}/readyz`)).json()).webhooks, { timeout: 30_000 })
    .toBe('unavailable')
  await page.reload()
  await expect(page.getByTestId('receivers-off')).toHaveText('Webhooks are switched off')
  await row.click()
  await expect(told.locator('[data-type="delivery.picked_up"]')).toHaveAttribute('data-state', 'off')
  expect(await findViolations(page)).toEqual([])

  shop.answer = () => ({ status: 204 })
  await told.getByRole('button', { name: /Picked up, .*: Send again/ }).click()
  await expect
    .poll(() => shop.taken(created.delivery.id), { timeout: 30_000 })
    .toEqual(['delivery.created', 'delivery.picked_up'])
})
