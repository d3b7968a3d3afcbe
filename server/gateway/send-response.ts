import type { ServerResponse } from 'node:http'

/** A Web-standard Response on a Node response, for answers that are small and ready. */
export async function sendResponse(answer: Response, response: ServerResponse): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer())
  response.writeHead(answer.status, { ...Object.fromEntries(answer.headers), 'Content-Length': body.length })
  response.end(body)
}
