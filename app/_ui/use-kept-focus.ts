'use client'
import { useEffect } from 'react'

/**
 * When the focused element is removed, e.g. a button together with its question, the focus falls to the body and users of a
 * keyboard or screen reader start again at the top. This hook moves it to the page's heading instead.
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
