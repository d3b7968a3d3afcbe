'use client'
import { useEffect, useRef } from 'react'
import { useBrand } from '#app/_ui/brand.tsx'
import type { DeliveryStatus } from '#contracts/delivery.ts'
import { TOLD_STATUSES } from '#contracts/push.ts'

const NEWS_ICON = '/icons/news.svg'

/**
 * Calls `onNews` once for each status that comes while the page is open and that a customer is told of. A page that is not
 * looked at marks its title and its icon, until it is.
 */
export function useNews(status: DeliveryStatus, title: string, onNews: () => void): void {
  const known = useRef(status)
  const { name } = useBrand()
  useEffect(() => {
    if (known.current === status) return
    known.current = status
    if (!(TOLD_STATUSES as readonly DeliveryStatus[]).includes(status)) return
    onNews()
    if (document.visibilityState === 'hidden') markPage(`● ${title} · ${name}`)
  }, [status, title, name, onNews])
}

function markPage(title: string): void {
  const icons = [...document.querySelectorAll<HTMLLinkElement>('link[rel~="icon"]')]
  const before = { title: document.title, icons: icons.map((icon) => icon.href) }
  document.title = title
  for (const icon of icons) icon.href = NEWS_ICON
  const restore = () => {
    if (document.visibilityState === 'hidden') return
    document.removeEventListener('visibilitychange', restore)
    // Unless the page has another title by now.
    if (document.title === title) document.title = before.title
    icons.forEach((icon, index) => {
      icon.href = before.icons[index] as string
    })
  }
  document.addEventListener('visibilitychange', restore)
}
