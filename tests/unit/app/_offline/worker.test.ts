import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { shellPath } from '#app/_offline/shell.ts'
import type { ExtendableEvent, FetchEvent } from '#app/_offline/worker-scope.d.ts'

const ORIGIN = 'https://rider.example'
const ID = '11111111-2222-4333-8444-555555555555'
const OTHER_ID = '99999999-2222-4333-8444-555555555555'
const FILE = '/_next/static/chunks/page.js'
const CURRENT = 'rider-live /track/ new'

const pageOf = (id: string, file = FILE) =>
  `<html lang="en"><script nonce="n" src="${file}"></script>${id}</html>`
const html = (text: string, status = 200) =>
  new Response(text, {
    status,
    headers: { 'content-type': 'text/html', 'content-security-policy': "script-src 'nonce-n'" },
  })

/** The storage of one browser, by cache and path. */
let stored: Map<string, Map<string, Response>>
/** What the network answers, by path; missing: there is none. */
let network: Record<string, () => Response | Promise<Response>>
let asked: string[]
let listeners: Record<string, (event: unknown) => void>

const pathOf = (request: RequestInfo | URL) =>
  new URL(typeof request === 'object' && 'url' in request ? request.url : request, ORIGIN).pathname
const fetched = async (request: RequestInfo | URL) => {
  asked.push(pathOf(request))
  const answer = network[pathOf(request)]
  if (!answer) throw new TypeError('Failed to fetch')
  return await answer()
}
function cacheOf(name: string) {
  const entries = stored.get(name) ?? new Map<string, Response>()
  stored.set(name, entries)
  return {
    match: async (request: RequestInfo) => entries.get(pathOf(request))?.clone(),
    put: async (request: RequestInfo, answer: Response) => void entries.set(pathOf(request), answer),
    async add(request: RequestInfo) {
      const answer = await fetched(request)
      if (!answer.ok) throw new TypeError('Request failed')
      entries.set(pathOf(request), answer)
    },
  }
}

beforeEach(async () => {
  stored = new Map()
  network = {}
  asked = []
  listeners = {}
  vi.stubGlobal('BUILD', { id: 'new', scope: '/track/', later: ['/_next/static/chunks/map.js'] })
  vi.stubGlobal('location', { origin: ORIGIN })
  vi.stubGlobal('fetch', fetched)
  vi.stubGlobal('caches', {
    open: async (name: string) => cacheOf(name),
    keys: async () => [...stored.keys()],
    delete: async (name: string) => stored.delete(name),
  })
  vi.stubGlobal('self', {
    registration: {},
    clients: { claim: async () => {} },
    skipWaiting: async () => {},
    addEventListener: (type: string, listener: (event: unknown) => void) => {
      listeners[type] = listener
    },
  })
  vi.resetModules()
  await import('#app/_offline/worker.ts')
})

afterEach(() => void vi.unstubAllGlobals())

async function lifecycle(type: 'install' | 'activate' | 'message') {
  const work: Promise<unknown>[] = []
  listeners[type]?.({ waitUntil: (one) => void work.push(one) } satisfies Pick<ExtendableEvent, 'waitUntil'>)
  await Promise.all(work)
}

/** What the worker answers to a request of a page; null when it leaves it to the browser. */
async function open(path: string, { mode = 'navigate', method = 'GET' } = {}): Promise<Response | null> {
  let answer: Promise<Response> | null = null
  const work: Promise<unknown>[] = []
  const request = { url: `${ORIGIN}${path}`, mode, method } as Request
  listeners.fetch?.({
    request,
    preloadResponse: Promise.resolve(undefined),
    respondWith(given) {
      answer = given
    },
    waitUntil: (one) => void work.push(one),
  } satisfies Pick<FetchEvent, 'request' | 'preloadResponse' | 'respondWith' | 'waitUntil'>)
  const given = (await answer) as Response | null
  await Promise.all(work)
  return given
}

function online() {
  network = {
    [shellPath('/track/')]: () => html(pageOf(shellPath(''))),
    [`/track/${ID}`]: () => html(pageOf(ID)),
    [FILE]: () => new Response('page'),
    '/_next/static/chunks/map.js': () => new Response('map'),
  }
}
async function installed() {
  online()
  await lifecycle('install')
  await lifecycle('activate')
}

describe('the page that is kept', () => {
  it('[PWA3] opens for any delivery when there is no network, with its own policy', async () => {
    await installed()
    network = {}
    for (const id of [ID, OTHER_ID]) {
      const answer = await open(`/track/${id}`)
      expect(await answer?.text()).toBe(pageOf(id).replace('<html ', '<html data-kept="" '))
      expect(answer?.headers.get('content-security-policy')).toBe("script-src 'nonce-n'")
    }
    expect(await (await open(FILE, { mode: 'no-cors' }))?.text()).toBe('page')
    expect(await (await open('/_next/static/chunks/map.js', { mode: 'no-cors' }))?.text()).toBe('map')
  })

  it('[PWA3] P14: opens when the server answers with an error, or not within three seconds', async () => {
    await installed()
    network[`/track/${ID}`] = () => html('<html >502', 502)
    expect(await (await open(`/track/${ID}`))?.text()).toContain('data-kept')
    vi.useFakeTimers()
    network[`/track/${ID}`] = () => new Promise(() => {})
    const opening = open(`/track/${ID}`)
    await vi.advanceTimersByTimeAsync(3_000)
    vi.useRealTimers()
    expect(await (await opening)?.text()).toContain('data-kept')
  })

  it('[PWA6] is not opened while the server answers: its page of today is', async () => {
    await installed()
    network[`/track/${ID}`] = () => html('<html >a page of another build')
    expect(await (await open(`/track/${ID}`))?.text()).toBe('<html >a page of another build')
  })

  it('[PWA6] is the newest of this build, and never one whose files are not kept', async () => {
    await installed()
    network[`/track/${ID}`] = () => html(pageOf(ID).replace('lang="en"', 'lang="ko"'))
    await open(`/track/${ID}`)
    network[`/track/${ID}`] = () => html(pageOf(ID, '/_next/static/chunks/newer.js'))
    await open(`/track/${ID}`)
    network = {}
    const kept = await (await open(`/track/${ID}`))?.text()
    expect(kept).toContain('lang="ko"')
    expect(kept).toContain(FILE)
  })

  it('[PWA6] without all of its files nothing is installed, and with them the caches of older builds go', async () => {
    stored.set('rider-live /track/ old', new Map())
    stored.set('rider-live /rider/ old', new Map())
    online()
    delete network['/_next/static/chunks/map.js']
    await expect(lifecycle('install')).rejects.toThrow()
    await installed()
    expect([...stored.keys()].sort()).toEqual(['rider-live /rider/ old', CURRENT])
  })

  it('[PWA4] is under an address without the delivery, and holds neither it nor a token', async () => {
    await installed()
    await open(`/track/${ID}#secret`)
    const entries = [...(stored.get(CURRENT) ?? [])]
    const text = await Promise.all(entries.map(async ([path, answer]) => `${path} ${await answer.text()}`))
    expect(text.join('\n')).not.toMatch(new RegExp(`${ID}|secret`))
  })
})

it('[PWA2] everything else goes on as if there were no worker', async () => {
  await installed()
  asked = []
  for (const path of ['/', '/inside', '/dispatch', '/docs', `/rider/${ID}`, '/track/', '/track/%3Cscript%3E'])
    expect(await open(path), path).toBeNull()
  for (const path of [`/api/deliveries/${ID}`, '/socket.io/?transport=polling', '/map.pmtiles', '/icon.svg'])
    expect(await open(path, { mode: 'cors' }), path).toBeNull()
  expect(await open(`/track/${ID}`, { method: 'POST' })).toBeNull()
  expect(asked).toEqual([])
})
