import { connect as connectPlain, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { ISocketFactoryArgs } from 'kafkajs'

/** A frame begins with four bytes: the number of bytes that follow. */
const LENGTH_BYTES = 4
/** As on kafkajs' own sockets. */
const KEEP_ALIVE_AFTER_MS = 60_000

/**
 * A socket to a broker that hands on nothing but whole frames. kafkajs keeps the half frame of a connection that broke,
 * and takes the next connection's answers for the rest of it: from then on it understands nothing any more.
 */
export function connectForWholeFrames({ host, port, ssl, onConnect }: ISocketFactoryArgs): Socket {
  // As kafkajs' own sockets: a certificate is asked for by name where there is one.
  const name = isIP(host) ? {} : { servername: host }
  const socket = ssl
    ? connectTls({ host, port, ...name, ...ssl }, onConnect)
    : connectPlain({ host, port }, onConnect)
  socket.setKeepAlive(true, KEEP_ALIVE_AFTER_MS)
  const emit = socket.emit.bind(socket)
  const collect = collectFrames((frames) => emit('data', frames))
  socket.emit = (event: string | symbol, ...values: unknown[]) => {
    if (event !== 'data') return emit(event as never, ...(values as never[]))
    collect(values[0] as Buffer)
    return true
  }
  return socket
}

/** Calls `onFrames` with one whole frame or several, in the order of the stream. */
export function collectFrames(onFrames: (frames: Buffer) => void): (chunk: Buffer) => void {
  let chunks: Buffer[] = []
  let buffered = 0
  /** From the first of `chunks` to the end of the frame that is not whole yet, as far as its length is known. */
  let needed = LENGTH_BYTES
  return (chunk) => {
    chunks.push(chunk)
    buffered += chunk.length
    if (buffered < needed) return
    const bytes = Buffer.concat(chunks)
    let whole = 0
    needed = LENGTH_BYTES
    while (bytes.length - whole >= LENGTH_BYTES) {
      needed = LENGTH_BYTES + Math.max(0, bytes.readInt32BE(whole))
      if (bytes.length - whole < needed) break
      whole += needed
      needed = LENGTH_BYTES
    }
    chunks = whole < bytes.length ? [bytes.subarray(whole)] : []
    buffered = bytes.length - whole
    if (whole > 0) onFrames(bytes.subarray(0, whole))
  }
}
