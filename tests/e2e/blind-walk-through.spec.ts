import { pointAlong, routeLengthM } from '../../domain/route.ts'
import { dispatch } from './support/dispatch.ts'
import { expect, test } from './support/fixtures.ts'
import { listenTo, recordedTable } from './support/walk-through.ts'

const PHONE = { viewport: { width: 390, height: 844 }, losesNetwork: true }

/** How what is said ends after each step. One language in `npm test`, the other again (playwright.config.ts). */
const LANGUAGES = [
  {
    language: 'en',
    locale: 'en-GB',
    last: {
      opened: /after pick-up\.$/,
      pickedUp: /first position\.$/,
      where: /(from|to) the [-a-z]+\.$/,
      silent: /next position\.$/,
      lost: /elsewhere by now\.$/,
      offline: /once you are back online\.$/,
      back: /^You are connected again\. Arrival: /,
      near: /^Almost there/,
      delivered: /^Delivered\./,
    },
  },
  {
    language: 'ko',
    locale: 'ko-KR',
    tag: '@again',
    last: {
      opened: /예정이에요\.$/,
      pickedUp: /알려 드려요\.$/,
      where: /(오고 있|에 있)어요\.$/,
      silent: /기다리고 있어요\.$/,
      lost: /있을 수 있어요\.$/,
      offline: /이어져요\.$/,
      back: /^다시 연결됐어요\. 도착 예정: /,
      near: /^거의 다 왔어요/,
      delivered: /^배달이 완료됐어요\./,
    },
  },
] as const

for (const { language, locale, last, ...details } of LANGUAGES)
  test(
    `[TRK27] P6: what a screen reader says during a ride is what the documentation says: ${language}`,
    details,
    async ({ app, newPerson }) => {
      const http = dispatch(app.url)
      const created = await http.createDelivery('tteokbokki')
      const { route } = created.delivery
      const page = await newPerson({ ...PHONE, locale })
      const heard = await listenTo(page)
      const rows: Parameters<typeof recordedTable>[1][number][] = []
      /** Does something, and waits until the page has said what ends with `words`. */
      const tell = async (what: string, words: RegExp, does: () => Promise<unknown> = async () => {}) => {
        await does()
        const said: string[] = []
        const lastSaid = async () => {
          said.push(...(await heard()))
          return said.at(-1) ?? ''
        }
        // A signal is lost after a minute.
        await expect.poll(lastSaid, { message: what, timeout: 120_000 }).toMatch(words)
        rows.push({ what, title: await page.title(), said })
      }
      let seq = 0
      /** As the rider, at a share of the way. */
      const report = (share: number) => {
        const [lat, lng] = pointAlong(route, share * routeLengthM(route))
        return http.report(created, ++seq, { lat, lng, accuracyM: 8 })
      }
      const setOffline = (isOff: boolean) => page.context().setOffline(isOff)

      await tell('The page opens', last.opened, () => page.goto(created.customer.url))
      await tell('The rider picks the order up', last.pickedUp, () => http.pickUp(created, { atSeq: 0 }))
      await tell('The rider’s first position comes', last.where, () => report(0.02))
      await tell('The rider’s phone falls silent', last.silent)
      await tell('It stays silent', last.lost)
      await tell('It reports again', last.where, () => report(0.3))
      await tell('The customer’s own connection is lost', last.offline, () => setOffline(true))
      await report(0.4)
      await tell('It is back', last.back, () => setOffline(false))
      // No farther at once than is believed.
      for (const share of [0.6, 0.75, 0.88]) await report(share)
      await tell('The rider is close to the door', last.near, () => report(0.985))
      await tell('The order is handed over', last.delivered, () => http.deliver(created))

      const { recorded, now } = recordedTable(language, rows)
      expect(now).toEqual(recorded)
    },
  )
