import type { Page } from '@playwright/test'

export type WatchedFrame = { from: 'page' | 'server'; text: string; atMs: number }

/**
 * Notes every WebSocket of a page and its text frames, in order, as the browser's own network log (Chrome DevTools
 * Protocol) tells them. Call it before the page is opened.
 */
export async function watchSockets(page: Page): Promise<WatchedFrame[][]> {
  const session = await page.context().newCDPSession(page)
  const sockets = new Map<string, WatchedFrame[]>()
  const all: WatchedFrame[][] = []
  session.on('Network.webSocketCreated', ({ requestId }) => {
    const frames: WatchedFrame[] = []
    sockets.set(requestId, frames)
    all.push(frames)
  })
  type Frame = { requestId: string; response: { opcode: number; payloadData: string } }
  const note = (from: WatchedFrame['from'], { requestId, response }: Frame) => {
    // 1: text (RFC 6455 §11.8). Closing is no message.
    if (response.opcode !== 1) return
    sockets.get(requestId)?.push({ from, text: response.payloadData, atMs: Date.now() })
  }
  session.on('Network.webSocketFrameReceived', (frame) => note('server', frame))
  session.on('Network.webSocketFrameSent', (frame) => note('page', frame))
  await session.send('Network.enable')
  return all
}
