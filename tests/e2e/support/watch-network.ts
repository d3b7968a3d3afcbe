import type { Page, Request } from '@playwright/test'

export type NetworkWatch = {
  /** Requests made by scripts (fetch, XHR, beacons) since the last `forget()`. */
  calls(): string[]
  /** What the page was told since the last `forget()`: socket packets and answers of the API. */
  received(): string
  /** How Socket.IO talks: `websocket`, `polling`. */
  transports(): string[]
  forget(): void
}

/** Notes what a page sends and is sent. Call it before the page is opened. */
export function watchNetwork(page: Page): NetworkWatch {
  let calls: Request[] = []
  let received: string[] = []
  const transports = new Set<string>()
  const noteTransport = (url: string) => {
    const { pathname, searchParams } = new URL(url)
    if (pathname.startsWith('/socket.io/')) transports.add(searchParams.get('transport') ?? 'none')
  }
  page.on('request', (request) => {
    noteTransport(request.url())
    if (['fetch', 'xhr', 'ping', 'eventsource'].includes(request.resourceType())) calls.push(request)
  })
  page.on('requestfinished', async (request) => {
    if (!new URL(request.url()).pathname.startsWith('/api/')) return
    // What is forgotten before its text is there stays forgotten.
    const noted = received
    const response = await request.response()
    noted.push((await response?.text()) ?? '')
  })
  page.on('websocket', (socket) => {
    noteTransport(socket.url())
    socket.on('framereceived', ({ payload }) => received.push(payload.toString()))
  })
  return {
    calls: () => calls.map((request) => `${request.method()} ${request.url()}`),
    received: () => received.join('\n'),
    transports: () => [...transports],
    forget() {
      calls = []
      received = []
    },
  }
}
