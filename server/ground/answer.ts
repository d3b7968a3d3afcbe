import type { ServerResponse } from 'node:http'

/** An answer of the API. A body is sent as JSON, and not cached unless the headers say so. */
export type Answer = { status: number; body?: unknown; headers?: Readonly<Record<string, string>> }

const EMPTY_HEADERS = { 'Cache-Control': 'no-store' }
const JSON_HEADERS = { 'Content-Type': 'application/json', ...EMPTY_HEADERS }

export function textOf({ body }: Answer): string {
  return body === undefined ? '' : JSON.stringify(body)
}

export function headersOf({ body, headers }: Answer): Readonly<Record<string, string>> {
  const usual = body === undefined ? EMPTY_HEADERS : JSON_HEADERS
  return headers === undefined ? usual : { ...usual, ...headers }
}

/**
 * Writes it all at once, after the headers that every answer begins with: names and values in turn, which is what costs
 * Node the least. Node leaves the text out where HTTP forbids one: for HEAD, 204 and 304.
 */
export function sendAnswer(answer: Answer, response: ServerResponse, first: readonly string[]): void {
  const text = textOf(answer)
  const headers = [...first]
  const own = headersOf(answer)
  for (const name in own) headers.push(name, own[name] as string)
  if (answer.body !== undefined) headers.push('Content-Length', String(Buffer.byteLength(text)))
  response.writeHead(answer.status, headers)
  response.end(text)
}

/** For code that writes an answer in another way. */
export function setHeaders(response: ServerResponse, headers: readonly string[]): void {
  for (let i = 0; i < headers.length; i += 2)
    response.setHeader(headers[i] as string, headers[i + 1] as string)
}
