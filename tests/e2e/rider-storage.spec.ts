import type { Page } from '@playwright/test'
import { dispatch } from './support/dispatch.ts'
import { expect, test } from './support/fixtures.ts'
import { openRider, type RiderPage } from './support/people.ts'
import { watchPosts } from './support/watch-posts.ts'

const PHONE = { viewport: { width: 390, height: 844 } }

async function acknowledgesMore(rider: RiderPage, count = 3) {
  const from = await rider.acknowledged()
  await expect.poll(rider.acknowledged, { timeout: 60_000 }).toBeGreaterThanOrEqual(from + count)
}
const stored = (phone: Page) =>
  phone.evaluate(
    () =>
      new Promise<unknown[]>((resolve, reject) => {
        const opening = indexedDB.open('rider-live')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const keys = opening.result.transaction('fixes').objectStore('fixes').getAllKeys()
          keys.onsuccess = () => resolve(keys.result)
          opening.result.close()
        }
      }),
  )

test('[KEPT1] [KEPT2] [KEPT3] [KEPT4] R2: whatever an earlier page left on the device, the page opens and sends', async ({
  app,
  newPerson,
}) => {
  const created = await dispatch(app.url).createDelivery()
  const phone = await newPerson(PHONE)
  const posts = watchPosts(phone)
  const rider = await openRider(phone, created.rider.url)
  await phone.evaluate(
    (id) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('rider-live')
        opening.onsuccess = () => {
          const tx = opening.result.transaction(['fixes', 'numbers'], 'readwrite')
          const fixes = tx.objectStore('fixes')
          const fix = { lat: 37.4994, lng: 127.0294, recordedAtMs: Date.now() }
          fixes.put({ ...fix, seq: 1, headingDeg: -1, speedMps: -1 }, [id, 1])
          fixes.put({ ...fix, seq: 2, lat: 'north' }, [id, 2])
          fixes.put('?', [id, 3])
          fixes.put({ ...fix, seq: 4, headingDeg: Number.NaN, accuracyM: null }, [id, 4])
          fixes.put({ ...fix, seq: 2_147_483_647 }, [id, 2_147_483_647])
          tx.objectStore('numbers').put({ not: 'a number' }, id)
          tx.oncomplete = () => resolve()
          tx.onabort = () => reject(tx.error)
          opening.result.close()
        }
        localStorage.setItem(`rider-live ride ${id}`, '{"sharing":')
        localStorage.setItem('rider-live device', '\u0000')
      }),
    created.delivery.id,
  )
  await phone.reload()
  await expect(rider.root).toBeVisible()
  await expect(phone.getByTestId('rider-notice')).toContainText(
    '2 positions kept on this device could not be read',
  )
  await expect.poll(rider.acknowledged, { timeout: 60_000 }).toBe(3)
  expect(posts.seqs()).toEqual([1, 4, 5])
  await expect.poll(() => stored(phone)).toEqual([])

  await rider.choose({ everyS: 1 })
  await rider.start()
  await acknowledgesMore(rider)
  expect(posts.seqs()).toEqual([
    1,
    ...posts
      .seqs()
      .slice(1)
      .map((_, index) => index + 4),
  ])
  await phone.reload()
  await expect(rider.root).toBeVisible()
  await expect(phone.getByTestId('rider-notice')).toBeEmpty()
})

test('[KEPT6] [KEPT7] R9: storage that is closed under the page is opened again; if that fails, the words say so', async ({
  app,
  newPerson,
}) => {
  const created = await dispatch(app.url).createDelivery()
  const phone = await newPerson(PHONE)
  await phone.addInitScript(() => {
    const opened: IDBDatabase[] = []
    const open = IDBFactory.prototype.open
    const control = {
      fails: false,
      close: () => {
        for (const db of opened.splice(0)) db.close()
      },
    }
    Object.assign(window, { storage: control })
    IDBFactory.prototype.open = function (...words) {
      if (control.fails) throw new DOMException('Connection to Indexed Database server lost', 'UnknownError')
      const request = open.apply(this, words)
      request.addEventListener('success', () => opened.push(request.result))
      return request
    }
  })
  type Control = Window & { storage: { fails: boolean; close(): void } }
  const posts = watchPosts(phone)
  const rider = await openRider(phone, created.rider.url)
  await rider.choose({ everyS: 1 })
  await rider.start()
  await acknowledgesMore(rider)
  await phone.evaluate(() => (window as unknown as Control).storage.close())
  await acknowledgesMore(rider)
  await expect(rider.root).toHaveAttribute('data-storage', 'fine')
  await expect(phone.getByTestId('rider-notice')).toBeEmpty()

  // Somebody clears the site's data: the page makes room and starts anew.
  await phone.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const deleting = indexedDB.deleteDatabase('rider-live')
        deleting.onsuccess = resolve
        deleting.onerror = reject
      }),
  )
  await acknowledgesMore(rider)
  await expect(rider.root).toHaveAttribute('data-storage', 'fine')

  await phone.evaluate(() => {
    const { storage } = window as unknown as Control
    storage.fails = true
    storage.close()
  })
  await expect(phone.getByTestId('rider-notice')).toContainText('The browser has closed this page’s storage')
  await expect(phone.getByTestId('rider-notice')).not.toContainText('room')
  await acknowledgesMore(rider)
  const made = posts.seqs()
  expect(made, 'each number once').toEqual(made.map((_, index) => index + 1))

  await phone.reload()
  await expect(rider.root).toHaveAttribute('data-storage', 'fine')
  await acknowledgesMore(rider)
  const numbered = new Map<number, string>()
  for (const { seq, ...reading } of posts.all().flatMap(({ fixes }) => fixes)) {
    expect(numbered.get(seq) ?? JSON.stringify(reading), `the one point ${seq}`).toBe(JSON.stringify(reading))
    numbered.set(seq, JSON.stringify(reading))
  }
})

test('[KEPT5] R10: storage that never opens is gone without after 3 s, and the page says so', async ({
  app,
  newPerson,
}) => {
  const created = await dispatch(app.url).createDelivery()
  const phone = await newPerson(PHONE)
  const other = await phone.context().newPage()
  await other.goto('/')
  // Without the page's stores, and never let go: whoever deletes it to begin anew waits.
  await other.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open('rider-live', 1)
        opening.onsuccess = () => {
          Object.assign(window, { held: opening.result })
          resolve()
        }
      }),
  )
  const rider = await openRider(phone, created.rider.url)
  await expect(phone.getByTestId('rider-notice')).toContainText('The browser’s storage does not answer')
  await rider.choose({ everyS: 1 })
  await rider.start()
  await acknowledgesMore(rider)
})
