import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { contentSecurityPolicy } from '#server/gateway/content-security-policy.ts'

const policyWith = (settings: Partial<Parameters<typeof contentSecurityPolicy>[0]>, path = '/') =>
  contentSecurityPolicy({
    production: true,
    tileUrl: null,
    embedOrigins: [],
    brand: { css: null },
    ...settings,
  })(path, 'n')
const imagesWith = (tileUrl: string | null) => /img-src ([^;]*);/.exec(policyWith({ tileUrl }))?.[1]

it.each([
  ['https://tile.openstreetmap.org/{z}/{x}/{y}.png', "'self' data: https://tile.openstreetmap.org"],
  ['https://{s}.tile.example/{z}/{x}/{y}{r}.png', "'self' data: https://*.tile.example"],
  ['http://127.0.0.1:8080/{z}/{x}/{y}.png', "'self' data: http://127.0.0.1:8080"],
  ['/tiles/{z}/{x}/{y}.png', "'self' data:"],
  // Nothing that would end the directive and begin another one.
  ["https://tiles.example;script-src 'unsafe-inline'/{z}", "'self' data:"],
  ['https://{s}/{z}/{x}/{y}.png', "'self' data:"],
  [null, "'self' data:"],
])('[GW15] tiles of %s', (tileUrl, images) => {
  expect(imagesWith(tileUrl)).toBe(images)
})

it('[GW15] only development may evaluate and inline', () => {
  expect(policyWith({})).not.toContain('unsafe')
  expect(policyWith({ production: false })).toContain("'unsafe-eval'")
})

it('[BRAND2] of styles in a page the brand’s colours are allowed, by their digest, and no other', () => {
  const styles = /style-src ([^;]*);/.exec(policyWith({ brand: { css: ':root{}' } }))?.[1]
  const digest = createHash('sha256').update(':root{}').digest('base64')
  expect(styles).toBe(`'self' 'sha256-${digest}'`)
  expect(policyWith({})).toContain("style-src 'self';")
})

it('[EMBED1] the sites of EMBED_ORIGINS may frame the customer’s page and nothing else', () => {
  const framedBy = (path: string, embedOrigins: string[]) =>
    /frame-ancestors ([^;]*);/.exec(policyWith({ embedOrigins }, path))?.[1]
  const shops = ['https://shop.example', 'http://localhost:8080']
  const id = '0b6cb1a0-4e2b-4d0e-9d3a-5d6d5cbb1a52'
  expect(framedBy(`/track/${id}`, shops)).toBe("'self' https://shop.example http://localhost:8080")
  for (const path of [
    '/',
    `/rider/${id}`,
    `/side-by-side/${id}`,
    '/track/',
    `/track/${id}/x`,
    '/track/../inside',
  ])
    expect(framedBy(path, shops), path).toBe("'self'")
  expect(framedBy(`/track/${id}`, [])).toBe("'self'")
})
