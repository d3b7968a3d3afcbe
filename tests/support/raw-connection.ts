import { connect, type Socket } from 'node:net'
import { atEnd } from './at-end.ts'

export type RawConnection = {
  socket: Socket
  /** All that has come so far. */
  received(): string
  /** How long after opening it was closed, ms; the reason does not matter. */
  closed: Promise<number>
}

/** A TCP connection to say anything over. A second address of this machine, e.g. 127.0.0.2, plays somebody else. */
export async function openRaw(port: number, localAddress = '127.0.0.1'): Promise<RawConnection> {
  let openedAtMs = performance.now()
  const socket = connect({ port, host: '127.0.0.1', localAddress })
  atEnd(() => socket.destroy())
  let text = ''
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1')
  })
  socket.on('error', () => {
    // A reset is a way of being closed.
  })
  const closed = new Promise<number>((resolve) => {
    socket.once('close', () => resolve(performance.now() - openedAtMs))
  })
  socket.once('connect', () => {
    openedAtMs = performance.now()
  })
  await Promise.race([new Promise((resolve) => socket.once('connect', resolve)), closed])
  return { socket, received: () => text, closed }
}
