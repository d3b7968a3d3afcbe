import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** An answer of the API. A body is sent as JSON, and not cached unless the headers say so. */
export type Answer = {
  status: number
  body?: unknown
  /** In place of a body: text of the type that the headers name, sent as fast as the client takes it. */
  stream?: AsyncIterable<string>
  headers?: Readonly<Record<string, string>>
}

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
  const headers = [...first]
  const own = headersOf(answer)
  for (const name in own) headers.push(name, own[name] as string)
  if (answer.stream) {
    response.writeHead(answer.status, headers)
    void sendStream(answer.stream, response)
    return
  }
  const text = textOf(answer)
  if (answer.body !== undefined) headers.push('Content-Length', String(Buffer.byteLength(text)))
  response.writeHead(answer.status, headers)
  response.end(text)
}

async function sendStream(stream: AsyncIterable<string>, response: ServerResponse): Promise<void> {
  if (response.req.method === 'HEAD') return void response.end()
  // After a failure the connection is closed before the last chunk: no client takes half of it for the whole.
  await pipeline(Readable.from(stream), response).catch(() => response.destroy())
}

/** For code that writes an answer in another way. */
export function setHeaders(response: ServerResponse, headers: readonly string[]): void {
  for (let i = 0; i < headers.length; i += 2)
    response.setHeader(headers[i] as string, headers[i + 1] as string)
}
