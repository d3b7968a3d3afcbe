'use client'
import { useEffect } from 'react'

/**
 * What had the focus may go, e.g. a button with the question that it answered; the focus then falls to the body, and whoever
 * uses a keyboard or a screen reader starts anew from the top. Here it goes to the page's heading instead.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let last: Element | null = null
    const remember = ({ target }: FocusEvent) => {
      last = target instanceof Element ? target : null
    }
    const observer = new MutationObserver(() => {
      if (!last || last.isConnected || document.activeElement !== document.body) return
      const landing = landingPlace()
      if (!landing) return
      landing.tabIndex = -1
      landing.focus({ preventScroll: true })
    })
    document.addEventListener('focusin', remember)
    observer.observe(document.body, { childList: true, subtree: true })
    return () => {
      document.removeEventListener('focusin', remember)
      observer.disconnect()
    }
  }, [])
}

function landingPlace(): HTMLElement | null {
  return (
    document.querySelector<HTMLElement>('main h1') ??
    document.querySelector<HTMLElement>('main [role="status"]')
  )
}
