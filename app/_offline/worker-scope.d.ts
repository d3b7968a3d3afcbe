/** What the worker uses of its own surroundings; TypeScript's library for workers contradicts the one for pages. */
export type ExtendableEvent = Event & { waitUntil(work: Promise<unknown>): void }
export type FetchEvent = ExtendableEvent & {
  readonly request: Request
  /** What navigation preload has asked for already; undefined when it has not. */
  readonly preloadResponse: Promise<Response | undefined>
  respondWith(answer: Promise<Response>): void
}
export type PushEvent = ExtendableEvent & { readonly data: { json(): unknown } | null }
export type NotificationEvent = ExtendableEvent & { readonly notification: Notification }
type WindowClient = {
  readonly url: string
  readonly visibilityState: DocumentVisibilityState
  focus(): Promise<unknown>
}
export type WorkerScope = {
  readonly registration: ServiceWorkerRegistration
  readonly clients: {
    claim(): Promise<void>
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<WindowClient[]>
    openWindow(url: string): Promise<unknown>
  }
  skipWaiting(): Promise<void>
  addEventListener(type: 'install' | 'activate' | 'message', listener: (event: ExtendableEvent) => void): void
  addEventListener(type: 'push', listener: (event: PushEvent) => void): void
  addEventListener(type: 'notificationclick', listener: (event: NotificationEvent) => void): void
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void
}
/** What the gateway writes in front of the worker's code. */
export type Build = {
  id: string
  /** The pages that it opens; it controls no other. */
  scope: '/rider/' | '/track/'
  /** Files that such a page loads later, by their paths. */
  later: string[]
}
