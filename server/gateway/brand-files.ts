import { createHash } from 'node:crypto'
import type { RequestHandler } from '../ground/request-handler.ts'
import type { Picture } from './brand-pictures.ts'

/**
 * An SVG is a document of its own when its address is opened: it may draw, and neither run anything nor load anything. In
 * a page it is an image, which could not do so anyway.
 */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'none'"
/** A new logo is there within the hour. */
const CACHE_CONTROL = 'public, max-age=3600'

/** Serves the brand's pictures, those among them that take the place of the product's own. */
export function createBrandFilesHandler(pictures: ReadonlyMap<string, Picture>): RequestHandler {
  const files = new Map(
    [...pictures].map(([path, { type, bytes }]) => {
      const tag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
      return [path, { type, bytes, tag }]
    }),
  )
  return (request, response) => {
    const { method, headers, url = '' } = request
    const file = files.get(url.split('?', 1)[0] as string)
    if (file === undefined || (method !== 'GET' && method !== 'HEAD')) return false
    const { type, bytes, tag } = file
    response.setHeader('Content-Security-Policy', POLICY)
    response.setHeader('Cache-Control', CACHE_CONTROL)
    response.setHeader('ETag', tag)
    if (headers['if-none-match']?.split(/\s*,\s*/).includes(tag)) response.writeHead(304).end()
    else response.writeHead(200, { 'Content-Type': type, 'Content-Length': bytes.length }).end(bytes)
    return true
  }
}
