import { expect, it } from 'vitest'
import { hasExpired } from '#app/_http/link-expiry.ts'

const token = (payload: unknown) =>
  `h.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.signature`

it('[TRK13] a link has expired when its own time says so, give or take a minute', () => {
  const link = token({ sub: 'd>>1??', exp: 1_000 })
  expect(hasExpired(link, 1_000_000)).toBe(true)
  expect(hasExpired(link, 950_000)).toBe(true)
  expect(hasExpired(link, 900_000)).toBe(false)
})

it('[TRK13] a link that cannot be read has not expired', () => {
  for (const broken of ['', 'h', 'h.!!!.s', 'h.e30', token({ exp: 'soon' }), token(null)])
    expect(hasExpired(broken, Number.MAX_SAFE_INTEGER)).toBe(false)
})
