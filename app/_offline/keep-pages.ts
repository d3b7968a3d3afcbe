import { KEPT_MARK } from './shell.ts'

/** After the page is there: what is kept for later must not compete with what is looked at now. */
const AFTER_LOAD_MS = 2_000
const ASK_EVERY_MS = 15_000

/** On the rider's and the customer's page: has it kept on the device, so that it opens without network. */
export function keepPages(): void {
  const scope = location.pathname.match(/^\/(?:rider|track)\//)?.[0]
  // Browsers have workers on https and localhost only.
  if (scope === undefined || !('serviceWorker' in navigator)) return
  const start = () => setTimeout(() => void keep(scope), AFTER_LOAD_MS)
  if (document.readyState === 'complete') start()
  else window.addEventListener('load', start, { once: true })
}

async function keep(scope: string): Promise<void> {
  try {
    // It is served below the pages that it opens, so it can control no others.
    const registration = await navigator.serviceWorker.register(`${scope}service-worker.js`, {
      updateViaCache: 'none',
    })
    // Where workers are blocked, `register` may resolve with nothing.
    if (!registration) return
    // The page without network speaks as this one does.
    new MutationObserver(() => registration.active?.postMessage('renew')).observe(document.documentElement, {
      attributeFilter: ['lang'],
    })
    if (document.documentElement.hasAttribute(KEPT_MARK)) reloadAfterRelease(registration)
  } catch (cause) {
    // Private windows refuse it; a browser with a full disk, too.
    console.warn('This page will not open without network', cause)
  }
}

/** A page that was opened from what was kept may be older than the server by now. The ride and what waits survive a reload. */
function reloadAfterRelease(registration: ServiceWorkerRegistration): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  const timer = setInterval(ask, ASK_EVERY_MS)
  window.addEventListener('online', ask)
  function ask() {
    registration.update().then(
      () => {
        clearInterval(timer)
        window.removeEventListener('online', ask)
      },
      () => {
        // Still without network: asked again.
      },
    )
  }
}
