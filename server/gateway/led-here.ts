const INSTANCE = /^\/at\/[\w.:[\]-]+(?=\/socket\.io\/)/

/**
 * Returns the path that is served for `/at/<instance>/socket.io/`, and every other URL as it is. A customer's page that was
 * sent to an instance asks for that path. The stack's gateway leads it there and leaves the instance out; where no gateway
 * does, the instance that gets the request serves it itself, so that the page meets no failure.
 */
export function ledHere(url: string): string {
  return url.startsWith('/at/') ? url.replace(INSTANCE, '') : url
}
