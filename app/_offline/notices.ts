import type { Notice } from '#contracts/push.ts'
import type { WorkerScope } from './worker-scope.d.ts'

const ICON = '/icons/icon-192.png'

/** Shows what a push message tells. One that comes a second time takes the place of the first, and makes no sound again. */
export async function showNotice({ registration, clients }: WorkerScope, message: unknown): Promise<void> {
  const notice = readNotice(message)
  if (!notice) return
  const { deliveryId, title, body, language, url, status, atMs } = notice
  const tag = `rider-live ${deliveryId}`
  const shown = await registration.getNotifications({ tag })
  const isKnown = shown.some(({ data }) => data?.status === status && data?.atMs === atMs)
  const windows = await clients.matchAll({ type: 'window', includeUncontrolled: true })
  const isSeen = windows.some((each) => each.visibilityState === 'visible' && isOf(each.url, deliveryId))
  const options = {
    body,
    lang: language,
    tag,
    icon: ICON,
    badge: ICON,
    timestamp: atMs,
    data: { status, atMs, url },
  }
  const isQuiet = isKnown || isSeen
  await registration.showNotification(title, {
    ...options,
    silent: isQuiet,
    renotify: !isQuiet,
  } as NotificationOptions)
}

/** The delivery's page: the one that is open, or a new one. */
export async function openNotice({ clients }: WorkerScope, notification: Notification): Promise<void> {
  notification.close()
  const { url } = notification.data as { url: string }
  const [, deliveryId = ''] = PAGE.exec(url) ?? []
  const windows = await clients.matchAll({ type: 'window', includeUncontrolled: true })
  const open = windows.find((each) => isOf(each.url, deliveryId))
  if (open) await open.focus()
  else await clients.openWindow(url)
}

const PAGE = /^\/track\/([^/#?]+)#[\w.-]+$/
const isOf = (url: string, deliveryId: string) => new URL(url).pathname === `/track/${deliveryId}`

/** By hand: the worker is loaded by every visitor, and a schema would make it many times as large. */
function readNotice(message: unknown): Notice | null {
  const notice = message as Notice
  const isWhole =
    typeof notice === 'object' &&
    notice?.v === 1 &&
    [notice.title, notice.body, notice.status, notice.language].every((text) => typeof text === 'string') &&
    typeof notice.atMs === 'number' &&
    PAGE.exec(notice.url)?.[1] === notice.deliveryId
  return isWhole ? notice : null
}
