import { createConnection } from 'node:net'
import { codeOf } from './binaries.ts'

/** `SSLRequest` of PostgreSQL's protocol: answered with one byte, before any password. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])

export type Address = { path: string } | { host: string; port: number }

/**
 * Resolves unless PostgreSQL is frozen. Each ping has a connection of its own: what is connected already may be served by
 * a process that is well while the one that takes new connections is not.
 */
export function pingPostgres(address: Address, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ ...address, signal })
    const settle = (failure?: Error) => {
      socket.destroy()
      if (failure) reject(failure)
      else resolve()
    }
    socket.once('connect', () => socket.write(SSL_REQUEST))
    socket.once('data', () => settle())
    socket.once('end', () => settle())
    // EAGAIN: its queue of connections is full. Where nothing listens the process has ended, which is noticed elsewhere.
    socket.once('error', (error) => settle(signal.aborted || codeOf(error) === 'EAGAIN' ? error : undefined))
  })
}
