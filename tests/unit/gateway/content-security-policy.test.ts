import { expect, it } from 'vitest'
import { contentSecurityPolicy } from '#server/gateway/content-security-policy.ts'

const imagesWith = (tileUrl: string | null) =>
  /img-src ([^;]*);/.exec(contentSecurityPolicy({ production: true, tileUrl })('n'))?.[1]

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
  expect(contentSecurityPolicy({ production: true, tileUrl: null })('n')).not.toContain('unsafe')
  expect(contentSecurityPolicy({ production: false, tileUrl: null })('n')).toContain("'unsafe-eval'")
})
