import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { type IncomingHttpHeaders, request } from 'node:http'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { runInNewContext } from 'node:vm'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type RunningApp, startApp } from '../support/app.ts'
import { type CommonApp, commonDemo } from '../support/common-apps.ts'
import { tempDir } from '../support/temp-dir.ts'

const manifestSchema = z.object({
  name: z.string().min(1),
  start_url: z.literal('/'),
  display: z.literal('standalone'),
  icons: z.array(z.object({ src: z.string(), sizes: z.string(), type: z.string(), purpose: z.string() })),
})

/** A logo as bad as one can be: it is served all the same, and runs nothing. */
const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><script>alert(1)</script><rect width="90" height="30" fill="#fee500"/></svg>'

let app: CommonApp
/** With a brand, and without pages that open offline. */
let branded: RunningApp
beforeAll(async () => {
  const logo = join(tempDir(), 'logo.svg')
  writeFileSync(logo, LOGO)
  const brand = { BRAND_NAME: '봄 배달', BRAND_COLOR: '#2ac1bc', BRAND_LOGO: logo }
  ;[app, branded] = await Promise.all([commonDemo(), startApp({ env: { ...brand, OFFLINE_PAGES: '0' } })])
})
const get = (path: string, init?: RequestInit) => fetch(new URL(path, app.url), init)

/** Width and height as a PNG's header has them (PNG §11.2.2). */
async function sizeOfPng(url: string, from: CommonApp = app): Promise<string> {
  const bytes = Buffer.from(await (await fetch(new URL(url, from.url))).arrayBuffer())
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
      const named = path.startsWith('/track/') ? '/track/app.webmanifest' : '/manifest.webmanifest'
      expect(html.match(/<link rel="manifest" href="[^"]*"/g)).toEqual([
        `<link rel="manifest" href="${named}"`,
      ])
      expect(await sizeOfPng(attribute(/rel="apple-touch-icon" href="([^"]+)"/))).toBe('180x180')
      const picture = attribute(/property="og:image" content="([^"]+)"/)
      expect(picture).toMatch(new RegExp(`^${app.url}/opengraph-image`))
      expect(await sizeOfPng(picture)).toBe('1200x630')
    }
  })
})

it('[PWA8] the manifest of the customer’s page is the same without an address to start at: the app opens the page that it was added from', async () => {
  for (const { url } of [app, branded]) {
    const answer = await fetch(`${url}/track/app.webmanifest`)
    expect(answer.headers.get('content-type')).toMatch(/^application\/manifest\+json/)
    const { id, start_url, ...rest } = await (await fetch(`${url}/manifest.webmanifest`)).json()
    expect({ id, start_url }).toEqual({ id: '/', start_url: '/' })
    expect(await answer.json()).toEqual(rest)
  }
})

describe('the built files', () => {
  const ask = (path: string, coding: string, method = 'GET') =>
    new Promise<{ headers: IncomingHttpHeaders; status: number | undefined; body: Buffer }>(
      (resolve, reject) => {
        const asked = request(new URL(path, app.url), { method, headers: { 'accept-encoding': coding } })
        asked.on('response', (answer) => {
          const { headers, statusCode: status } = answer
          buffer(answer).then((body) => resolve({ headers, status, body }), reject)
        })
        asked.on('error', reject).end()
      },
    )

  it('[GW32] are sent as the build has compressed them, and kept for good; what is not of this build is not kept', async () => {
    const html = await (await get('/')).text()
    for (const kind of ['js', 'css']) {
      const path = html.match(new RegExp(`/_next/static/[^"]+\\.${kind}`))?.[0] ?? 'none'
      const plain = await ask(path, 'br;q=0, identity')
      expect(plain.headers).not.toHaveProperty('content-encoding')
      expect(plain.headers).toMatchObject({
        'cache-control': 'public, max-age=31536000, immutable',
        'content-security-policy': "default-src 'self'",
        'x-content-type-options': 'nosniff',
        vary: 'Accept-Encoding',
      })
      for (const [coding, name, decode] of [
        ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
        ['gzip;q=0.5', 'gzip', gunzipSync],
      ] as const) {
        const small = await ask(path, coding)
        expect(small.headers['content-encoding']).toBe(name)
        expect(decode(small.body).equals(plain.body), `${path} by ${name}`).toBe(true)
        expect(small.headers['content-type']).toBe(plain.headers['content-type'])
        const head = await ask(path, coding, 'HEAD')
        expect([head.headers['content-length'], head.body.length]).toEqual([String(small.body.length), 0])
      }
    }
    const strange = await ask('/_next/static/chunks/of-another-build.js', 'br')
    expect(strange.status).toBe(404)
    expect(strange.headers['cache-control']).not.toContain('immutable')
  })
})

describe('a brand', () => {
  const ask = async (path: string) => await fetch(new URL(path, branded.url))

  it('[BRAND1] its name is the title of the pages, the name in the manifest and beside the logo; its colour is the theme’s', async () => {
    const manifest = await (await ask('/manifest.webmanifest')).json()
    expect(manifest).toMatchObject({ name: '봄 배달', short_name: '봄 배달', theme_color: '#2ac1bc' })
    for (const path of ['/', '/rider/x', '/track/x']) {
      const html = await (await ask(path)).text()
      expect(html).toMatch(/<title>(.* · )?봄 배달<\/title>/)
      expect(html).toContain('<meta name="theme-color" content="#2ac1bc"')
      expect(html).toContain('property="og:site_name" content="봄 배달"')
    }
    const plain = await (await get('/manifest.webmanifest')).json()
    expect(plain).toMatchObject({ name: 'Rider Live' })
  })

  it('[BRAND2] its shades stand in the page, in the one style that its policy allows', async () => {
    const answer = await ask('/track/x')
    const [, css = ''] = (await answer.text()).match(/<style>(.*?)<\/style>/) ?? []
    expect(css).toContain('--accent:')
    const digest = createHash('sha256').update(css).digest('base64')
    expect(answer.headers.get('content-security-policy')).toContain(`style-src 'self' 'sha256-${digest}';`)
    expect(await (await get('/track/x')).text()).not.toContain('<style')
  })

  it('[BRAND3] its logo is served as a picture that may run and load nothing, and known by its tag', async () => {
    const answer = await ask('/brand/logo.svg')
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/svg+xml',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringMatching(/^default-src 'none';.*; sandbox/),
    })
    expect(await answer.text()).toBe(LOGO)
    const tag = answer.headers.get('etag') ?? ''
    const again = await fetch(`${branded.url}/brand/logo.svg`, { headers: { 'if-none-match': tag } })
    expect(again.status).toBe(304)
    expect((await get('/brand/logo.svg')).status).toBe(404)
  })

  it('[BRAND3] icons and preview are drawn of it, in the sizes that the pages say', async () => {
    const sizes = {
      '/icon1.png': '48x48',
      '/apple-icon.png': '180x180',
      '/icons/icon-192.png': '192x192',
      '/icons/icon-512.png': '512x512',
      '/icons/maskable-512.png': '512x512',
      '/opengraph-image.png': '1200x630',
    }
    for (const [path, size] of Object.entries(sizes)) {
      expect(await sizeOfPng(path, branded), path).toBe(size)
      const [own, product] = [await (await ask(path)).arrayBuffer(), await (await get(path)).arrayBuffer()]
      expect(Buffer.from(own).equals(Buffer.from(product)), path).toBe(false)
    }
    expect(await (await ask('/icon.svg?icon.1234.svg')).text()).toContain('data:image/svg+xml;base64,')
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
    const code = await (await fetch(`${branded.url}/track/service-worker.js`)).text()
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
        scope: `${branded.url}/track/`,
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
