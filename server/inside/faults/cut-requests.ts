import type { RequestHandler } from '../../ground/request-handler.ts'

/** Cuts off the requests with one token: the connection ends without an answer, as when a phone is in a tunnel. */
export function createCutting() {
  let target: string | null = null
  const handler: RequestHandler = (request) => {
    if (target === null || request.headers.authorization !== target) return false
    request.socket.destroy()
    return true
  }
  return {
    handler,
    cutOff(token: string) {
      target = `Bearer ${token}`
      return () => {
        target = null
      }
    },
  }
}
