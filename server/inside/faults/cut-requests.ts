import type { Lane } from '../../gateway/entry.ts'

/** Cuts off whoever comes with one token: the connection ends without a word, as when a phone is in a tunnel. */
export function createCutting() {
  let target: string | null = null
  const lane: Lane = (request) => {
    if (target === null || request.headers.authorization !== target) return false
    request.socket.destroy()
    return true
  }
  return {
    lane,
    cutOff(token: string) {
      target = `Bearer ${token}`
      return () => {
        target = null
      }
    },
  }
}
