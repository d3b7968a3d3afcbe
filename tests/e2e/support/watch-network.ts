import type { Page, Request } from '@playwright/test'

export type NetworkWatch = {
  /** Requests made by scripts (fetch, XHR, beacons) since the last `forget()`. */
  calls(): string[]
  /** Socket.IO packets that came in over WebSocket since the last `forget()`. */
  pushed(): string[]
  /** How Socket.IO talks: `websocket`, `polling`. */
  transports(): string[]
  forget(): void
}

/** Notes what a page sends and is sent. Call it before the page is opened. */
export function watchNetwork(page: Page): NetworkWatch {
  let calls: Request[] = []
  let pushed: string[] = []
  const transports = new Set<string>()
  const noteTransport = (url: string) => {
    const { pathname, searchParams } = new URL(url)
    if (pathname.startsWith('/socket.io/')) transports.add(searchParams.get('transport') ?? 'none')
  }
  page.on('request', (request) => {
    noteTransport(request.url())
    if (['fetch', 'xhr', 'ping', 'eventsource'].includes(request.resourceType())) calls.push(request)
  })
  page.on('websocket', (socket) => {
    noteTransport(socket.url())
    socket.on('framereceived', ({ payload }) => pushed.push(payload.toString()))
  })
  return {
    calls: () => calls.map((request) => `${request.method()} ${request.url()}`),
    pushed: () => pushed,
    transports: () => [...transports],
    forget() {
      calls = []
      pushed = []
    },
  }
}
