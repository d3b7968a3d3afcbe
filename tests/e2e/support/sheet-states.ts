import type { Page } from '@playwright/test'
import type { CreateDeliveryAnswer } from '../../../contracts/http.ts'
import { pollUntil } from '../../support/poll-until.ts'
import type { startWebhookReceiver } from '../../support/webhook-receiver.ts'
import { chapters } from './chapters.ts'
import { dispatch } from './dispatch.ts'
import { expired } from './expired.ts'
import { expect } from './fixtures.ts'
import { lookAtChapter } from './look-at-chapter.ts'
import { framed, type openSite } from './open-site.ts'
import { order } from './order.ts'

export const LANGUAGES = { ko: 'ko-KR', en: 'en-GB' } as const

/** A page of the contact sheet as it is to be looked at. */
export type State = {
  /** What it is called on the sheet. */
  name: string
  path: string
  /** What leads to it once the page is there. */
  act?: (page: Page) => Promise<void>
}

type Servers = {
  url: string
  /** A shop's own: its brand, its site that frames the customer's page, its systems that are told. */
  branded: string
  site: Awaited<ReturnType<typeof openSite>>
  shop: Awaited<ReturnType<typeof startWebhookReceiver>>
  /** Outside the demo. */
  closed: string
}

type Status = 'accepted' | 'picked_up' | 'arriving' | 'delivered' | 'cancelled' | 'failed'
const STATUSES: readonly Status[] = ['accepted', 'picked_up', 'arriving', 'delivered', 'cancelled', 'failed']
/** Names in both scripts, as the reader's own stands first; what people write has one. */
const ORDER = {
  store: { name: 'Kimbap House · 김밥하우스', lat: 37.4979, lng: 127.0276, phone: '02-555-0101' },
  destination: { name: 'Teheran-ro 152, 3F · 테헤란로 152, 3층', lat: 37.5003, lng: 127.0365 },
  rider: { name: 'Minsu · 민수', phone: '010-5550-0103' },
  customer: { name: 'Jiwoo · 지우', phone: '010-5550-0102' },
  note: '문 앞에 놓고 벨을 눌러 주세요',
  pin: true,
}

/** A delivery that has come as far as this, as its rider tells it. */
async function deliveryAt(url: string, status: Status): Promise<CreateDeliveryAnswer> {
  const { pickUp, report, end } = dispatch(url)
  const created = await order(url, ORDER)
  const { delivery } = created
  if (status === 'accepted') return created
  if (status === 'cancelled') {
    await end(created, status, { reason: '재료 소진' })
    return created
  }
  await pickUp(created)
  const [lat = 0, lng = 0] = delivery.route[Math.floor(delivery.route.length / 2)] ?? []
  await report(created, 1, { lat, lng, accuracyM: 8 })
  if (status === 'failed') await end(created, status, { reason: '벨을 눌러도 응답이 없어요' })
  if (status === 'arriving') {
    const { destination } = delivery
    await report(created, 2, { lat: destination.lat + 0.0006, lng: destination.lng, accuracyM: 8 })
  }
  if (status === 'delivered') await end(created, status, { pin: created.customer.pin ?? '' })
  return created
}

/** Once ridden from the store to the door, to be replayed. */
async function ridden(url: string): Promise<CreateDeliveryAnswer> {
  const { pickUp, report, deliver } = dispatch(url)
  const created = await order(url, { ...ORDER, pin: false })
  await pickUp(created)
  const { route, createdAtMs } = created.delivery
  const rideMs = 6_000
  // Older readings than the delivery would be given the time at which they came.
  await pollUntil(() => Date.now() - createdAtMs > rideMs + 500, {
    withinMs: 30_000,
    what: 'time for a ride',
  })
  const firstMs = Date.now() - rideMs
  for (const [index, [lat, lng]] of route.entries())
    await report(created, index + 1, {
      lat,
      lng,
      recordedAtMs: firstMs + Math.round((index / route.length) * rideMs),
    })
  await deliver(created)
  return created
}

async function erased(url: string): Promise<string> {
  const { delivery, customer } = await order(url, ORDER)
  await fetch(`${url}/api/deliveries/${delivery.id}`, { method: 'DELETE' })
  return customer.url
}

/** A receiver that has taken one event, and switched itself off at the next. */
async function toldShop(url: string, shop: Servers['shop']): Promise<CreateDeliveryAnswer> {
  const created = await order(url, ORDER)
  const { id } = created.delivery
  await pollUntil(() => shop.taken(id).length > 0, { withinMs: 30_000, what: 'the first webhook' })
  shop.answer = () => ({ status: 410 })
  await dispatch(url).pickUp(created)
  await pollUntil(async () => (await (await fetch(`${url}/readyz`)).json()).webhooks === 'unavailable', {
    withinMs: 30_000,
    what: 'a receiver that is off',
  })
  return created
}

const press = (testId: string) => (page: Page) => page.getByTestId(testId).click()
const pressButton = (name: RegExp) => (page: Page) => page.getByRole('button', { name }).first().click()
const startRide = pressButton(/^(Start ride|Continue ride|배달 시작|이어서 배달하기)$/)
const askBeforeEnd = (name: RegExp) => async (page: Page) => {
  await pressButton(name)(page)
  await expect(page.getByRole('dialog')).toBeVisible()
}
const offline = async (page: Page, until: () => Promise<void>) => {
  await page.context().setOffline(true)
  await until()
}

async function pagesOfPeople({ url, branded, site }: Servers): Promise<State[]> {
  const customers: State[] = []
  const riders: State[] = []
  let links = { customer: '', rider: '' }
  for (const status of STATUSES) {
    const { rider, customer } = await deliveryAt(url, status)
    customers.push({ name: `customer ${status}`, path: customer.url })
    riders.push({ name: `rider ${status}`, path: rider.url })
    if (status === 'picked_up') links = { customer: customer.url, rider: rider.url }
  }
  const [riderPath = '', riderToken] = links.rider.split('#')
  const [customerPath, customerToken] = links.customer.split('#')
  const own = await deliveryAt(branded, 'picked_up')
  site.put(framed(branded + own.customer.url))
  const another = async () => (await deliveryAt(url, 'picked_up')).rider.url
  customers.push(
    { name: 'customer folded', path: links.customer, act: press('sheet-handle') },
    {
      name: 'customer offline',
      path: links.customer,
      act: (page) =>
        offline(page, () =>
          expect(page.getByTestId('track-page')).toHaveAttribute('data-connection', 'offline'),
        ),
    },
    { name: 'customer, expired link', path: expired(links.customer) },
    { name: 'customer, broken link', path: `${customerPath}#nothing` },
    { name: 'customer, erased', path: await erased(url) },
    { name: 'customer, branded', path: branded + own.customer.url },
    { name: 'customer, in a shop’s page', path: site.origin },
  )
  riders.push(
    { name: 'rider on the way', path: await another(), act: startRide },
    {
      name: 'rider offline',
      path: await another(),
      async act(page) {
        await startRide(page)
        await offline(page, () => expect(page.getByTestId('sending-notice')).toBeVisible())
      },
    },
    { name: 'rider, the PIN', path: links.rider, act: askBeforeEnd(/^(Delivered|배달 완료)$/) },
    { name: 'rider, not delivered?', path: links.rider, act: askBeforeEnd(/^(Not delivered|배달 실패)$/) },
    { name: 'rider, expired link', path: expired(links.rider) },
    { name: 'rider, no token', path: riderPath },
    {
      name: 'side by side',
      path: `/side-by-side/${riderPath.split('/').at(-1)}#rider=${riderToken}&customer=${customerToken}`,
    },
  )
  return [...customers, ...riders]
}

const NEW_DELIVERIES = pressButton(/^(New deliveries|새 배달)$/)
const openRow = (id: string) => async (page: Page) => {
  await page.locator(`[role=option][data-delivery="${id}"]`).click()
  await expect(page.getByTestId('story')).toBeVisible()
}

async function pagesOfDispatch({ url, branded, shop, closed }: Servers): Promise<State[]> {
  const [running, over, told] = [
    await deliveryAt(url, 'picked_up'),
    await ridden(url),
    await toldShop(branded, shop),
  ]
  return [
    { name: 'dispatch', path: '/dispatch' },
    { name: 'dispatch, a delivery', path: '/dispatch', act: openRow(running.delivery.id) },
    {
      name: 'dispatch, told shop',
      path: `${branded}/dispatch`,
      async act(page) {
        await openRow(told.delivery.id)(page)
        await page.getByTestId('told-shop').evaluate((section) => section.scrollIntoView({ block: 'center' }))
      },
    },
    {
      name: 'dispatch, replay',
      path: '/dispatch',
      async act(page) {
        await page
          .getByText(/^(Ended|종료)$/)
          .first()
          .click()
        await openRow(over.delivery.id)(page)
        await pressButton(/^(Replay|주행 다시 보기)$/)(page)
        const slider = page.getByTestId('replay').getByRole('slider')
        await slider.press('End')
        await expect(page.getByTestId('replay').getByTestId('rider-marker')).toBeVisible()
      },
    },
    {
      name: 'dispatch, new deliveries',
      path: '/dispatch',
      async act(page) {
        await NEW_DELIVERIES(page)
        await expect(page.getByRole('dialog').locator('.pick-map .leaflet-container')).toBeVisible()
      },
    },
    {
      name: 'dispatch, lines',
      path: '/dispatch',
      async act(page) {
        await NEW_DELIVERIES(page)
        await page.getByText(/^(Paste lines|여러 줄 붙여넣기)$/).click()
      },
    },
    { name: 'dispatch, token', path: `${closed}/dispatch` },
    { name: 'inside, token', path: `${closed}/inside` },
  ]
}

/** Pictures of a ride that goes on: each page starts one of its own. */
async function followRide(page: Page, id: string): Promise<void> {
  await pressButton(/^(Start a ride|배달 시작)$/)(page)
  await lookAtChapter(page.locator(`#${id}`))
  if (id === 'journey') await expect(page.getByTestId('journey-row').first()).toBeVisible()
}
const RIDDEN: readonly string[] = ['journey', 'polling', 'time']

export async function sheetStates(servers: Servers): Promise<State[]> {
  const { branded } = servers
  return [
    { name: 'home', path: '/' },
    {
      name: 'home, a delivery',
      path: '/',
      async act(page) {
        await pressButton(/^(Start a demo delivery|데모 배달 시작하기)$/)(page)
        await page.getByTestId('another-device').locator('summary').click()
      },
    },
    { name: 'home, branded', path: `${branded}/` },
    ...(await pagesOfPeople(servers)),
    ...(await pagesOfDispatch(servers)),
    { name: 'inside', path: '/inside' },
    ...chapters.map((id) => ({
      name: `inside ${id}`,
      path: `/inside#${id}`,
      act: (page: Page) =>
        RIDDEN.includes(id) ? followRide(page, id) : lookAtChapter(page.locator(`#${id}`)),
    })),
    { name: 'docs', path: '/docs' },
    { name: 'nothing here', path: '/nowhere' },
  ]
}
