import { beforeAll, describe, expect, it } from 'vitest'
import { asyncApiDocument } from '#contracts/documents/asyncapi.ts'
import { openApiDocument } from '#contracts/documents/openapi.ts'
import { createApi, expectProblem } from '../support/api.ts'
import { type RunningApp, startApp } from '../support/app.ts'

let app: RunningApp
let api: ReturnType<typeof createApi>

beforeAll(async () => {
  app = await startApp({
    env: { DEMO: '0', DISPATCH_TOKEN: 'a-token-of-dispatch', TOKEN_SECRET: 'x'.repeat(32) },
  })
  api = createApi(app.url)
})

describe.each([
  ['/openapi.json', openApiDocument],
  ['/asyncapi.json', asyncApiDocument],
])('[DOC1] %s', (path, build) => {
  it('is the document, for whoever asks', async () => {
    const response = await api.call(path)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(response.headers.get('cache-control')).toMatch(/^public, max-age=\d+$/)
    expect(response.headers.get('x-request-id')).toMatch(/./)
    expect(await response.json()).toEqual(JSON.parse(JSON.stringify(build())))
  })

  it('is not sent again to whoever has it', async () => {
    const etag = (await api.call(path)).headers.get('etag') ?? ''
    const again = await api.call(path, { headers: { 'if-none-match': `W/${etag}` } })
    expect({ status: again.status, etag: again.headers.get('etag'), text: await again.text() }).toEqual({
      ...{ status: 304, etag, text: '' },
    })
    const changed = await api.call(path, { headers: { 'if-none-match': '"another"' } })
    expect(changed.status).toBe(200)
  })

  it('is the same through Next’s own dispatch, and nothing but read', async () => {
    const odd = await api.call(`/./${path}`)
    expect(await odd.json()).toEqual(await (await api.call(path)).json())
    const posted = await api.call(path, { method: 'POST', body: {} })
    expect(posted.headers.get('allow')).toBe('GET')
    await expectProblem(posted, 405, 'method_not_allowed')
  })
})
