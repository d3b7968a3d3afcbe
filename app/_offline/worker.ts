import { openNotice, showNotice } from './notices.ts'
import { deliveryIdIn, filesOf, fromShell, shellPath, toShell } from './shell.ts'
import type { Build, FetchEvent, WorkerScope } from './worker-scope.d.ts'

/**
 * Opens the rider's and the customer's page without network, and shows what push messages tell the customer. It keeps one page without a delivery in it, and the files
 * that it needs; never a token, never an answer of the API. Everything it does not name goes on as if it were not there.
 */
declare const BUILD: Build

const worker = self as unknown as WorkerScope
const CACHE = `rider-live ${BUILD.scope} ${BUILD.id}`
const SHELL = shellPath(BUILD.scope)
/** How long a page waits for its server before the kept one is opened. */
const PATIENCE_MS = 3_000

worker.addEventListener('install', (event) => event.waitUntil(install().then(() => worker.skipWaiting())))
worker.addEventListener('activate', (event) => event.waitUntil(activate()))
// The page says so when it speaks another language now.
worker.addEventListener('message', (event) => event.waitUntil(install().catch(warn)))
worker.addEventListener('push', (event) => event.waitUntil(showNotice(worker, event.data?.json())))
worker.addEventListener('notificationclick', (event) =>
  event.waitUntil(openNotice(worker, event.notification)),
)
worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return
  if (request.mode !== 'navigate') {
    if (pathname.startsWith('/_next/static/')) event.respondWith(openFile(request, pathname))
    if (pathname.startsWith('/brand/')) event.respondWith(openLogo(request))
    return
  }
  const id = deliveryIdIn(pathname, BUILD.scope)
  if (id !== null) event.respondWith(openPage(event, id))
})

/** All or nothing: a server of another build lacks files of this one, and the browser tries again at the next visit. */
async function install() {
  const cache = await caches.open(CACHE)
  const answer = await fetch(SHELL, { cache: 'no-store' })
  if (!answer.ok) throw new Error(`The page to keep was answered ${answer.status}`)
  const html = await answer.clone().text()
  for (const file of new Set([...filesOf(html), ...BUILD.later]))
    if (!(await cache.match(file))) await cache.add(file)
  await cache.put(SHELL, answer)
}

/** From here on nothing of an older build is served. */
async function activate() {
  const mine = CACHE.slice(0, -BUILD.id.length)
  for (const name of await caches.keys())
    if (name.startsWith(mine) && name !== CACHE) await caches.delete(name)
  // Else each page would wait for this worker's start before it is asked for.
  await worker.registration.navigationPreload?.enable()
  await worker.clients.claim()
}

/** The server's page when it comes in time; else the kept one. */
async function openPage(event: FetchEvent, id: string): Promise<Response> {
  const asked = event.preloadResponse.then((preloaded) => preloaded ?? fetch(event.request))
  const answer = await Promise.race([asked.catch(() => null), pause(PATIENCE_MS)])
  if (answer && answer.status < 500) {
    event.waitUntil(renewShell(answer.clone(), id).catch(warn))
    return answer
  }
  const kept = await (await caches.open(CACHE)).match(SHELL)
  if (!kept) return answer ?? asked
  // Nothing else hears of it when it fails after all.
  asked.catch(() => {})
  return new Response(fromShell(await kept.text(), id), { headers: headersOf(kept) })
}

/** Keeps the page as it is now, in the reader's language, if its files are of this build. */
async function renewShell(answer: Response, id: string) {
  if (!answer.ok) return
  const html = await answer.text()
  const cache = await caches.open(CACHE)
  for (const file of filesOf(html)) if (!(await cache.match(file))) return
  await cache.put(SHELL, new Response(toShell(html, id), { headers: headersOf(answer) }))
}

/** Built files have their content in their name: one that is kept is the right one. */
async function openFile(request: Request, pathname: string): Promise<Response> {
  const cache = await caches.open(CACHE)
  const kept = await cache.match(pathname)
  if (kept) return kept
  const answer = await fetch(request)
  if (answer.ok) await cache.put(pathname, answer.clone()).catch(warn)
  return answer
}

/** The server's own when it answers: it may be another one since. */
async function openLogo(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE)
  try {
    const answer = await fetch(request)
    if (answer.ok) await cache.put(request, answer.clone()).catch(warn)
    return answer
  } catch (cause) {
    const kept = await cache.match(request)
    if (kept) return kept
    throw cause
  }
}

/** The page's own policy goes with it, and the nonce that its scripts bear. */
function headersOf({ headers }: Response): Headers {
  const kept = new Headers()
  for (const name of ['content-type', 'content-security-policy', 'referrer-policy', 'permissions-policy']) {
    const value = headers.get(name)
    if (value !== null) kept.set(name, value)
  }
  return kept
}

const pause = (ms: number) => new Promise<null>((resolve) => setTimeout(resolve, ms, null))
const warn = (cause: unknown) => console.warn('The page could not be kept', cause)
