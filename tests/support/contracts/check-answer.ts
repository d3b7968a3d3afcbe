import { faultOf, paths } from './schemas.ts'

/** An answer as a client got it. */
type Answer = { method: string; path: string; status: number; headers: Headers; text: string }

const templates = Object.keys(paths).map((template) => ({
  template,
  pattern: new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
}))

/** Of what no call is at, and of a method that its path does not have. */
const KNOWN_ANYWHERE: Record<number, string> = { 404: 'not_found', 405: 'method_not_allowed' }

/** Whether the answer is one of the API's. Pages and their parts are not described. */
export const isDescribed = (path: string) =>
  path.startsWith('/api/') || templates.some(({ pattern }) => pattern.test(path))

/** What the document does not know of this answer; null when it knows all of it. */
export function checkAnswer({ method, path, status, headers, text }: Answer): string | null {
  // Of an oddly spelt address, to the plain one.
  if (status === 308) return null
  if (!headers.has('x-request-id')) return 'It has no X-Request-Id'
  const template = templates.find(({ pattern }) => pattern.test(path))?.template ?? ''
  const verb = (method === 'HEAD' ? 'GET' : method).toLowerCase()
  const operation = paths[template]?.[verb]
  const type = headers.get('content-type')?.split(';', 1)[0] ?? ''
  const described = operation?.responses[status]
  if (!described) return checkRefusal(status, type, text, method)
  for (const name of Object.keys(described.headers ?? {}))
    if (!headers.has(name) && !(name === 'Retry-After' && codeOf(text) === undefined))
      return `It has no ${name}`
  const types = Object.keys(described.content ?? {})
  if (method === 'HEAD' || types.length === 0) return text === '' ? null : 'It has a body'
  if (!types.includes(type)) return `Its type is ${type}, not ${types.join(' or ')}`
  if (!type.endsWith('json') || type === 'application/geo+json') return null
  const place = ['paths', template, verb, 'responses', String(status), 'content', type, 'schema']
  return faultOf('openapi', place, JSON.parse(text))
}

function checkRefusal(status: number, type: string, text: string, method: string): string | null {
  const expected = KNOWN_ANYWHERE[status]
  if (expected === undefined) return 'No such call, or no such status of it'
  if (method === 'HEAD') return null
  if (type !== 'application/problem+json') return `Its type is ${type}`
  const code = codeOf(text)
  return code === expected
    ? faultOf('openapi', ['components', 'schemas', 'Problem'], JSON.parse(text))
    : `${code}`
}

function codeOf(text: string): unknown {
  try {
    return JSON.parse(text).code
  } catch {
    return undefined
  }
}
