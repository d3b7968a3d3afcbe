import { runInNewContext } from 'node:vm'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type RunningApp, startApp } from '../support/app.ts'

const manifestSchema = z.object({
  name: z.string().min(1),
  start_url: z.literal('/'),
  display: z.literal('standalone'),
  icons: z.array(z.object({ src: z.string(), sizes: z.string(), type: z.string(), purpose: z.string() })),
})

let app: RunningApp
beforeAll(async () => {
  app = await startApp()
})
const get = (path: string, init?: RequestInit) => fetch(new URL(path, app.url), init)

/** Width and height as a PNG's header has them (PNG §11.2.2). */
async function sizeOfPng(url: string): Promise<string> {
  const bytes = Buffer.from(await (await get(url)).arrayBuffer())
  expect(bytes.toString('latin1', 1, 4)).toBe('PNG')
  return `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`
}

describe('what makes the pages installable', () => {
  it('[PWA1] P15: the manifest names icons that are there, in the sizes that it says, maskable ones among them', async () => {
    const { icons } = manifestSchema.parse(await (await get('/manifest.webmanifest')).json())
    for (const { src, sizes, type } of icons) {
      expect((await get(src)).headers.get('content-type')).toBe(type)
      if (type === 'image/png') expect(await sizeOfPng(src), src).toBe(sizes)
    }
    expect(icons.map(({ purpose }) => purpose)).toContain('maskable')
  })

  it('[PWA1] each page names manifest, icons and a preview of the product, under the address that it was asked for', async () => {
    for (const path of ['/', '/rider/some-delivery', '/track/some-delivery']) {
      const html = await (await get(path, { headers: { 'user-agent': 'Twitterbot/1.0' } })).text()
      const attribute = (pattern: RegExp) => html.match(pattern)?.[1]?.replaceAll('&amp;', '&') ?? ''
      expect(html).toContain('<link rel="manifest" href="/manifest.webmanifest"')
      expect(await sizeOfPng(attribute(/rel="apple-touch-icon" href="([^"]+)"/))).toBe('180x180')
      const picture = attribute(/property="og:image" content="([^"]+)"/)
      expect(picture).toMatch(new RegExp(`^${app.url}/opengraph-image`))
      expect(await sizeOfPng(picture)).toBe('1200x630')
    }
  })
})

describe('the workers that open pages without network', () => {
  it('[PWA2] may control the pages below their address alone, talk to this server alone, and are asked for each time', async () => {
    for (const scope of ['/rider/', '/track/']) {
      const answer = await get(`${scope}service-worker.js`)
      expect(answer.status).toBe(200)
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': 'no-cache',
        'content-security-policy': "default-src 'none'; connect-src 'self'",
      })
      expect(answer.headers.has('service-worker-allowed')).toBe(false)
      expect(answer.headers.has('x-request-id')).toBe(true)
      const code = await answer.text()
      const build = z
        .object({ id: z.string().min(1), scope: z.literal(scope), later: z.array(z.string()).min(1) })
        .parse(runInNewContext(`${code.split('\n', 1)[0]}; BUILD`))
      for (const file of build.later) expect((await get(file)).status, file).toBe(200)
    }
    expect((await get('/service-worker.js')).status).toBe(404)
  })

  it('[PWA7] switched off, what a browser has of them removes itself and what it kept', async () => {
    const off = await startApp({ env: { OFFLINE_PAGES: '0' } })
    const code = await (await fetch(`${off.url}/track/service-worker.js`)).text()
    const listeners: Record<string, (event: { waitUntil(work: Promise<void>): void }) => void> = {}
    const caches = new Set([
      'rider-live /track/ a',
      'rider-live /track/ b',
      'rider-live /rider/ a',
      'of another',
    ])
    let isRegistered = true
    runInNewContext(code, {
      URL,
      skipWaiting: () => {},
      registration: {
        scope: `${off.url}/track/`,
        unregister: async () => {
          isRegistered = false
        },
      },
      caches: { keys: async () => [...caches], delete: async (name: string) => caches.delete(name) },
      addEventListener: (type: string, listener: (typeof listeners)[string]) => {
        listeners[type] = listener
      },
    })
    expect(Object.keys(listeners)).toEqual(['install', 'activate'])
    await new Promise<void>((resolve) =>
      listeners.activate?.({ waitUntil: (work) => void work.then(resolve) }),
    )
    expect([...caches]).toEqual(['rider-live /rider/ a', 'of another'])
    expect(isRegistered).toBe(false)
  })
})
