const INSTANCE = /^\/at\/[\w.:[\]-]+(?=\/socket\.io\/)/

/**
 * Which path is served for `/at/<instance>/socket.io/`, where a customer asks who was sent to that instance. The stack's gateway
 * leads there and leaves the instance out of the path; whoever gets it by another way serves it, so that nobody who cannot get
 * there sees a failure first.
 */
export function ledHere(url: string): string {
  return url.startsWith('/at/') ? url.replace(INSTANCE, '') : url
}
