import type { Page } from '@playwright/test'
import { listDeliveriesAnswerSchema } from '../../contracts/http.ts'
import { dispatch } from './support/dispatch.ts'
import { englishIn } from './support/english-in.ts'
import { expect, test } from './support/fixtures.ts'

const PHONE = { viewport: { width: 390, height: 844 } }
const KOREAN = { ...PHONE, locale: 'ko-KR' }

test('[WORD7] the first HTML is in the reader’s language; a switch changes it everywhere, and stays', async ({
  app,
  newPerson,
}) => {
  const html = async (language: string) =>
    (await fetch(app.url, { headers: { 'accept-language': language } })).text()
  expect(await html('ko-KR,ko;q=0.9')).toMatch(/<html lang="ko".*실시간으로 보세요/s)
  expect(await html('en-US')).toMatch(/<html lang="en".*Watch your rider come/s)

  const { delivery, customer } = await dispatch(app.url).createDelivery()
  const page = await newPerson(KOREAN)
  await page.goto(customer.url)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('가게에서 주문을 준비하고 있어요')
  await expect(page).toHaveTitle('가게에서 주문을 준비하고 있어요 · Rider Live')
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your order is being prepared')
  await expect(page).toHaveTitle('Your order is being prepared · Rider Live')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await page.goto(`/track/${delivery.id}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link is incomplete')
  await page.goto('/')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await page.getByRole('button', { name: '한국어' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('라이더가 오는 길, 실시간으로 보세요.')
})

test('[WORD8] [TRK19] read in Korean, the pages of home, rider and customer leave no English word, in any state, nor does the board', async ({
  app,
  newPerson,
}) => {
  const http = dispatch(app.url)
  const names = async () => {
    const list = await fetch(`${app.url}/api/deliveries?limit=200`)
    const { deliveries } = listDeliveriesAnswerSchema.parse(await list.json())
    return deliveries.flatMap(({ store, destination, rider }) =>
      [store.name, destination.name, rider.name].flatMap((name) => [name, ...name.split(' · ')]),
    )
  }
  const expectKorean = (page: Page, what: string) =>
    expect.poll(async () => englishIn(page, await names()), what).toEqual([])

  const home = await newPerson({ ...KOREAN, expects: /status of 404/ })
  await home.goto('/')
  await home.getByRole('button', { name: '데모 배달 시작하기' }).click()
  await expect(home.getByTestId('side-by-side-link')).toBeAttached()
  await home.getByRole('button', { name: '지도 열기' }).click()
  await expectKorean(home, 'home')
  const sideBySide = (await home.getByTestId('side-by-side-link').getAttribute('href')) ?? ''
  await home.goto(sideBySide)
  await expect(home.getByRole('heading', { name: '고객' })).toBeVisible()
  await expectKorean(home, 'side by side')
  await home.goto('/side-by-side/x')
  await expectKorean(home, 'side by side without links')
  await home.goto('/nowhere')
  await expect(home.getByRole('heading')).toHaveText('페이지를 찾을 수 없어요')
  await expectKorean(home, 'nothing here')

  await home.goto('/dispatch')
  await expect(home.getByTestId('board-list').getByRole('option').first()).toBeVisible()
  await expectKorean(home, 'the board')
  // Engineers read some terms in English, beside the Korean and never instead of it.
  for (const path of ['/docs', '/inside']) {
    await home.goto(path)
    const shapes = home.locator('h3').allTextContents()
    const withoutKorean = async () =>
      (await englishIn(home, [...(await names()), ...(await shapes)])).filter((text) => !/[가-힣]/.test(text))
    await expect.poll(withoutKorean, path).toEqual([])
  }

  const created = await http.createDelivery('tteokbokki')
  const track = await newPerson(KOREAN)
  await track.goto(created.customer.url)
  await expect(track.getByTestId('expected')).toHaveText(/^\d+~\d+분픽업 후 소요$/)
  await expect(track.getByRole('region', { name: '배달 지도' })).toBeVisible()
  await expectKorean(track, 'the customer’s page before pick-up')
  const rider = await newPerson({ ...KOREAN, losesNetwork: true, expects: /status of 401/ })
  await rider.goto(created.rider.url)
  await expect(rider.getByTestId('rider-page')).toBeVisible()
  await expectKorean(rider, 'the rider’s page before pick-up')
  await rider.getByRole('button', { name: '배달 시작' }).click()
  await expect(rider.getByRole('button', { name: '잠시 멈추기' })).toBeVisible()
  await expect(track.getByTestId('eta')).toHaveText(/^(오전|오후) \d+:\d\d ?~ ?(오전 |오후 )?\d+:\d\d/)
  await expectKorean(track, 'the customer’s page on the way')
  await rider.context().setOffline(true)
  await expect(rider.getByTestId('sending-notice')).toContainText('인터넷에 연결돼 있지 않아요')
  await expectKorean(rider, 'the rider’s page offline')
  await rider.context().setOffline(false)
  for (const button of ['배달 완료', '배달 취소', '배달 실패']) {
    await rider.getByRole('button', { name: button, exact: true }).click()
    await expect(rider.getByRole('dialog')).toBeVisible()
    await expectKorean(rider, button)
    await rider.getByRole('dialog').press('Escape')
  }
  await rider.getByRole('button', { name: '고객 링크 바꾸기' }).click()
  await expectKorean(rider, 'the question about the link')
  await rider.getByRole('button', { name: '바꿀게요' }).click()
  await expect(track.getByRole('heading', { level: 1 })).toHaveText('새 링크로 바뀌었어요')
  await expectKorean(track, 'the customer’s page with a replaced link')
  await track.goto((await rider.getByTestId('new-customer-link').getAttribute('href')) ?? '')
  await http.deliver(created)
  await expect(track.getByRole('heading', { level: 1 })).toHaveText('배달이 완료됐어요')
  await expectKorean(track, 'the customer’s page after the end')
  await expect(rider.getByTestId('rider-notice')).toContainText('배달이 끝났어요')
  await expectKorean(rider, 'the rider’s page after the end')
  await rider.goto('/rider/nothing#nothing')
  await expect(rider.getByRole('heading')).toHaveText('링크를 열 수 없어요')
  await expectKorean(rider, 'a link that does not work')
})
