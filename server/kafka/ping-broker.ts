import { connect } from 'node:net'

/**
 * ApiVersions, version 0, of a client without a name: the smallest request that a broker answers
 * (https://kafka.apache.org/protocol#protocol_messages).
 */
const API_VERSIONS = Buffer.from('0000000a 0012 0000 00000001 ffff'.replaceAll(' ', ''), 'hex')

/** Resolves once the broker has answered a request; that it can be connected to says nothing: the kernel does that. */
export function pingBroker(port: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', signal })
    socket.once('connect', () => socket.write(API_VERSIONS))
    socket.once('data', () => {
      resolve()
      socket.destroy()
    })
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('The broker closed the connection without an answer.')))
  })
}
