import { expect, it } from 'vitest'
import { readRefusal } from '#app/_tracking/receiving/refusal.ts'

/** As much of a browser's XMLHttpRequest as the page looks at. */
class Answered {
  readonly #headers: Record<string, string>
  constructor(headers: Record<string, string>) {
    this.#headers = headers
  }
  getResponseHeader(name: string): string | null {
    return this.#headers[name] ?? null
  }
}

it('[SOCK15] the page reads why it was refused, and when to come back', () => {
  const refused = (data: unknown) => Object.assign(new Error('no'), { data })
  expect(readRefusal(refused({ code: 'rate_limited', retryAfterMs: 1_500 }))).toEqual({
    code: 'rate_limited',
    retryAfterMs: 1_500,
  })
  expect(readRefusal(refused({ code: 'delivery_ended' }))).toEqual({
    code: 'delivery_ended',
    retryAfterMs: null,
  })
})

it('[SOCK15] also where the socket was not even opened', () => {
  const failed = (context: unknown) =>
    Object.assign(new Error('xhr poll error'), { description: 429, context })
  expect(readRefusal(failed(new Answered({ 'retry-after': '9' })))).toEqual({
    code: null,
    retryAfterMs: 9_000,
  })
  expect(readRefusal(failed(new Answered({})))).toEqual({ code: null, retryAfterMs: null })
  expect(readRefusal(new Error('websocket error'))).toEqual({ code: null, retryAfterMs: null })
})
