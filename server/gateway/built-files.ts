import { createReadStream, readdirSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { RequestHandler } from '../ground/request-handler.ts'
import type { Logger } from '../logger.ts'

const FOLDER = '.next/static'
const PREFIX = '/_next/static/'
/** In order of preference: scripts/setup/compress.mjs has made them where they are worth it. */
const CODINGS = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
]
const TYPES: Record<string, string> = {
  '.js': 'application/javascript; charset=UTF-8',
  '.css': 'text/css; charset=UTF-8',
  '.woff2': 'font/woff2',
}

/**
 * Serves the built files of the pages as the build has compressed them; Next would compress each anew for every visitor,
 * and knows no brotli. What it does not know, such as a file of a later build, is Next's to answer.
 */
export function createBuiltFilesHandler({ isOn }: { isOn: boolean }, logger: Logger): RequestHandler {
  const sizes = isOn ? builtFiles() : new Map<string, number>()
  return (request, response) => {
    const { method, headers, url = '' } = request
    if (!url.startsWith(PREFIX) || (method !== 'GET' && method !== 'HEAD')) return false
    const file = url.slice(PREFIX.length).split('?', 1)[0] as string
    const type = TYPES[extname(file)]
    if (type === undefined || !sizes.has(file)) return false
    const coding = CODINGS.find(
      ({ name, suffix }) => sizes.has(file + suffix) && accepts(headers['accept-encoding'], name),
    )
    const sent = file + (coding?.suffix ?? '')
    response.writeHead(200, {
      'Content-Type': type,
      'Content-Length': sizes.get(sent),
      // Its content is in its name.
      'Cache-Control': 'public, max-age=31536000, immutable',
      Vary: 'Accept-Encoding',
      ...(coding && { 'Content-Encoding': coding.name }),
      // Scripts and styles are under the policy of the page that loads them, except a worker: it brings its own.
      'Content-Security-Policy': "default-src 'self'",
    })
    if (method === 'HEAD') response.end()
    else
      pipeline(createReadStream(join(FOLDER, sent)), response).catch((err: unknown) => {
        // A visitor who went away is no news; a file that went away is.
        if (!response.destroyed) logger.warn({ err, path: url }, 'A built file cannot be read')
        response.destroy()
      })
    return true
  }
}

/** Their sizes, by their paths. */
function builtFiles(): Map<string, number> {
  const names = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  return new Map(names.map((name) => [name.replaceAll('\\', '/'), statSync(join(FOLDER, name)).size]))
}

function accepts(header: string | string[] | undefined, coding: string): boolean {
  return String(header ?? '')
    .split(',')
    .some((each) => {
      const [name, weight = ''] = each
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/)
      return name === coding && !/^q=0(\.0*)?$/.test(weight)
    })
}
