import { createHash } from 'node:crypto'
import { asyncApiDocument } from '#contracts/documents/asyncapi.ts'
import { openApiDocument } from '#contracts/documents/openapi.ts'
import type { Endpoint } from './endpoint.ts'
import { isKnownVersion } from './etag.ts'

/** What the product takes and answers, for whoever asks. Built at the first call, from the schemas it is served by. */
export const showOpenApi = documentEndpoint(openApiDocument)
export const showAsyncApi = documentEndpoint(asyncApiDocument)

function documentEndpoint(build: () => object): Endpoint {
  let built: { text: string; headers: { ETag: string; 'Cache-Control': string } } | undefined
  return async (call) => {
    built ??= withHeaders(JSON.stringify(build()))
    const { text, headers } = built
    if (isKnownVersion(call.header('if-none-match'), headers.ETag)) return { status: 304, headers }
    return { status: 200, stream: once(text), headers: { ...headers, 'Content-Type': 'application/json' } }
  }
}

function withHeaders(text: string) {
  const ETag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`
  return { text, headers: { ETag, 'Cache-Control': 'public, max-age=300' } }
}

async function* once(text: string) {
  yield text
}
