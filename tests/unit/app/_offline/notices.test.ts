import { beforeEach, expect, it } from 'vitest'
import { openNotice, showNotice } from '#app/_offline/notices.ts'
import type { WorkerScope } from '#app/_offline/worker-scope.d.ts'

const ID = '11111111-2222-4333-8444-555555555555'
const URL_OF_PAGE = `/track/${ID}#a.token.of-its`
const notice = {
  v: 1,
  deliveryId: ID,
  status: 'arriving',
  atMs: 1_000,
  language: 'ko',
  title: '거의 다 왔어요',
  body: '…',
  url: URL_OF_PAGE,
}

type Shown = { title: string; tag: string; silent: boolean; renotify: boolean; lang: string; data: unknown }
let shown: Shown[]
let windows: { url: string; visibilityState: DocumentVisibilityState; focused: boolean }[]
let opened: string[]
let worker: WorkerScope

beforeEach(() => {
  shown = []
  windows = []
  opened = []
  worker = {
    registration: {
      getNotifications: async ({ tag }: { tag: string }) => shown.filter((each) => each.tag === tag),
      showNotification: async (title: string, options: Omit<Shown, 'title'>) => {
        shown = [...shown.filter(({ tag }) => tag !== options.tag), { title, ...options }]
      },
    },
    clients: {
      matchAll: async () =>
        windows.map((each) => ({
          ...each,
          focus: async () => {
            each.focused = true
          },
        })),
      openWindow: async (url: string) => void opened.push(url),
    },
  } as unknown as WorkerScope
})

it('[NOTE6] a message that comes again takes the place of the first, without a sound; a later status makes one', async () => {
  await showNotice(worker, notice)
  expect(shown).toMatchObject([{ title: notice.title, lang: 'ko', silent: false, renotify: true }])
  await showNotice(worker, notice)
  expect(shown).toMatchObject([{ silent: true, renotify: false }])
  await showNotice(worker, { ...notice, status: 'delivered', atMs: 2_000 })
  expect(shown).toMatchObject([{ silent: false, data: { status: 'delivered' } }])
  await showNotice(worker, { ...notice, deliveryId: 'other', url: '/track/other#t' })
  expect(shown).toHaveLength(2)
})

it('[NOTE10] makes no sound while its page is looked at', async () => {
  windows = [{ url: `https://rider.example/track/${ID}`, visibilityState: 'visible', focused: false }]
  await showNotice(worker, notice)
  expect(shown).toMatchObject([{ silent: true }])
})

it('[NOTE10] a tap opens the page of the delivery, the open one first', async () => {
  let closed = 0
  const notification = { close: () => (closed += 1), data: { url: URL_OF_PAGE } } as unknown as Notification
  windows = [{ url: 'https://rider.example/track/other', visibilityState: 'hidden', focused: false }]
  await openNotice(worker, notification)
  expect([opened, windows[0]?.focused]).toEqual([[URL_OF_PAGE], false])
  windows.push({ url: `https://rider.example/track/${ID}#x`, visibilityState: 'hidden', focused: false })
  await openNotice(worker, notification)
  expect([opened.length, windows[1]?.focused, closed]).toEqual([1, true, 2])
})

it.each([
  undefined,
  null,
  'text',
  {},
  { ...notice, v: 2 },
  { ...notice, title: 1 },
  { ...notice, url: 'https://evil.example/' },
  { ...notice, url: '//evil.example/track/x#t' },
  { ...notice, url: '/track/other#t' },
])('[NOTE10] shows nothing of %j', async (message) => {
  await showNotice(worker, message)
  expect(shown).toEqual([])
})
