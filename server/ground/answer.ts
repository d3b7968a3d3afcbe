import type { ServerResponse } from 'node:http'

/** An answer of the API. A body is sent as JSON, and not cached unless the headers say so. */
export type Answer = { status: number; body?: unknown; headers?: Readonly<Record<string, string>> }

const JSON_HEADERS = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }

export function textOf({ body }: Answer): string {
  return body === undefined ? '' : JSON.stringify(body)
}

export function headersOf({ body, headers }: Answer): Record<string, string> {
  if (body !== undefined) return { ...JSON_HEADERS, ...headers }
  return { 'Cache-Control': JSON_HEADERS['Cache-Control'], ...headers }
}

/** Node leaves the text out where HTTP forbids one: for HEAD, 204 and 304. */
export function sendAnswer(answer: Answer, response: ServerResponse): void {
  const text = textOf(answer)
  const length = answer.body === undefined ? {} : { 'Content-Length': Buffer.byteLength(text) }
  response.writeHead(answer.status, { ...headersOf(answer), ...length })
  response.end(text)
}
