import { type FileHandle, open } from 'node:fs/promises'
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { MAP_PATH } from '#contracts/map-path.ts'
import { sendAnswer } from '../ground/answer.ts'
import { ProblemError } from '../ground/problem-error.ts'
import { problemAnswer } from '../ground/problem-response.ts'
import { notedContext } from '../ground/request-context.ts'
import type { RequestHandler } from '../ground/request-handler.ts'
import type { Logger } from '../logger.ts'

/** Within the hour browsers take what they have; the archive's reader notices by the tag when it was replaced. */
const CACHE_CONTROL = 'public, max-age=3600'

type Range = { first: number; last: number }

/**
 * Serves one file, the map's archive, in the parts that its reader asks for (RFC 9110 §13 and §14). Opened for each request,
 * so that a file put in its place is served whole: its tag tells the two apart.
 */
export function createMapFileHandler(file: string | undefined, logger: Logger): RequestHandler {
  return (request, response) => {
    const { method, headers, url = '' } = request
    if (url.split('?', 1)[0] !== MAP_PATH) return false
    const { requestId } = notedContext(request)
    const fail = (error: unknown) => {
      // Half an answer cannot be taken back; the reader sees that it is too short.
      if (response.headersSent) return void response.destroy()
      sendAnswer(problemAnswer(error, { requestId, logger }), response, [])
    }
    if (method !== 'GET' && method !== 'HEAD')
      fail(
        new ProblemError('method_not_allowed', { detail: 'The map is only read.', allow: ['GET', 'HEAD'] }),
      )
    else if (file === undefined)
      fail(new ProblemError('not_found', { detail: 'MAP_FILE names no archive here.' }))
    else void send(file, { method, headers }, response).catch(fail)
    return true
  }
}

async function send(
  file: string,
  { method, headers }: { method: string; headers: IncomingHttpHeaders },
  response: ServerResponse,
): Promise<void> {
  const handle = await openFile(file)
  try {
    const { size, mtimeMs } = await handle.stat()
    const tag = `"${size.toString(16)}-${Math.trunc(mtimeMs).toString(16)}"`
    const modified = new Date(mtimeMs).toUTCString()
    response.setHeader('Cache-Control', CACHE_CONTROL)
    response.setHeader('ETag', tag)
    response.setHeader('Last-Modified', modified)
    response.setHeader('Accept-Ranges', 'bytes')
    if (isKnown(headers, tag, mtimeMs)) return void response.writeHead(304).end()

    const asked =
      method === 'GET' && mayBePart(headers['if-range'], tag, modified) ? headers.range : undefined
    const range = asked === undefined ? null : parseRange(asked, size)
    if (range === 'unsatisfiable')
      return void response
        .writeHead(416, { 'Content-Range': `bytes */${size}`, 'Cache-Control': 'no-store' })
        .end()
    const { first, last } = range ?? { first: 0, last: size - 1 }
    response.writeHead(range ? 206 : 200, {
      'Content-Type': 'application/vnd.pmtiles',
      'Content-Length': last - first + 1,
      ...(range ? { 'Content-Range': `bytes ${first}-${last}/${size}` } : {}),
    })
    if (method === 'HEAD') return void response.end()
    await pipeline(handle.createReadStream({ start: first, end: last, autoClose: false }), response)
  } finally {
    await handle.close()
  }
}

async function openFile(file: string): Promise<FileHandle> {
  try {
    return await open(file)
  } catch (cause) {
    throw new ProblemError('not_found', { detail: 'The map’s archive cannot be read at the moment.', cause })
  }
}

/** Whether the client has it already. A tag is asked first, a date only without one (RFC 9110 §13.2.2). */
function isKnown(headers: IncomingHttpHeaders, tag: string, mtimeMs: number): boolean {
  const tags = headers['if-none-match']
  if (tags !== undefined)
    return tags.trim() === '*' || tags.split(',').some((each) => each.trim().replace(/^W\//, '') === tag)
  const since = Date.parse(headers['if-modified-since'] ?? '')
  return Math.trunc(mtimeMs / 1_000) * 1_000 <= since
}

/** With If-Range, a part only of the very file that the client has begun to read. */
function mayBePart(ifRange: string | string[] | undefined, tag: string, modified: string): boolean {
  return ifRange === undefined || ifRange === tag || ifRange === modified
}

/** One range in bytes. Null is for all that a server may ignore: another unit, several ranges, what is none. */
function parseRange(text: string, size: number): Range | 'unsatisfiable' | null {
  const [, from = '', to = ''] = /^bytes=\s*(\d*)-(\d*)\s*$/i.exec(text) ?? []
  if (from === '' && to === '') return null
  if (from === '') {
    const count = Math.min(Number(to), size)
    return count === 0 ? 'unsatisfiable' : { first: size - count, last: size - 1 }
  }
  const [first, last] = [Number(from), to === '' ? size - 1 : Number(to)]
  if (last < first && to !== '') return null
  return first >= size ? 'unsatisfiable' : { first, last: Math.min(last, size - 1) }
}
