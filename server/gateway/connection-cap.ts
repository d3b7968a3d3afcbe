import type { Socket } from 'node:net'
import { addressKey } from '../ground/address-key.ts'
import { OpenCount } from '../ground/open-count.ts'

/** How many connections beyond the cap are told the reason at once; an answer to each would be a burden itself. */
const ANSWERED_AT_ONCE = 100
const ANSWER_WITHIN_MS = 2_000

export type ConnectionCap = {
  /** To be called with each new connection, before anything is read of it. */
  onConnection(socket: Socket): void
  /** Whether this connection is there only to be told 429. */
  isBeyond(socket: Socket): boolean
}

/**
 * Limits the TCP connections of one address, so that a client with thousands of them uses up its own share only. A trusted
 * proxy has no limit: all clients come through it.
 */
export function createConnectionCap(
  mostPerAddress: number,
  isTrustedProxy: (address: string) => boolean,
): ConnectionCap {
  const open = new OpenCount(mostPerAddress)
  const answered = new OpenCount(ANSWERED_AT_ONCE)
  const beyond = new WeakSet<Socket>()
  const seen = new WeakSet<Socket>()

  return {
    onConnection(socket) {
      // A connection whose upgrade was ignored is emitted a second time.
      if (seen.has(socket)) return
      seen.add(socket)
      const { remoteAddress } = socket
      if (remoteAddress === undefined) return void socket.destroy()
      if (isTrustedProxy(remoteAddress)) return
      const leave = open.take(addressKey(remoteAddress))
      if (leave) return void socket.once('close', leave)
      refuse(socket)
    },
    isBeyond: (socket) => beyond.has(socket),
  }

  function refuse(socket: Socket): void {
    const done = answered.take('')
    if (!done) return void socket.destroy()
    beyond.add(socket)
    const timer = setTimeout(() => socket.destroy(), ANSWER_WITHIN_MS)
    socket.once('close', () => {
      clearTimeout(timer)
      done()
    })
  }
}
