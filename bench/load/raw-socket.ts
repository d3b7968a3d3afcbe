import { connect } from 'node:net'

// A WebSocket client (RFC 6455) that does the least: thousands of them must not take the machine from the server.

export type RawSocket = {
  say(text: string): void
  /** As when the network goes: without a word. */
  cut(): void
}
export type Ending =
  | { kind: 'closed' }
  | { kind: 'refused'; status: number; retryAfterMs: number | undefined }

type Options = {
  port: number
  path: string
  /** Said once the connection is open. */
  opening: string | null
  /** One of 200 addresses of this machine: one alone has ports for 28,000 connections. Linux answers on all of 127.0.0.0/8. */
  from?: number
  onText(text: string, say: (text: string) => void, bytes: number): void
  onEnd?(ending: Ending): void
}

const TEXT = 0x81
const PONG = 0x8a
const OPCODE = 0x0f

export function openRawSocket({ port, path, opening, from, onText, onEnd }: Options): RawSocket {
  const localAddress =
    from === undefined || process.platform !== 'linux' ? undefined : `127.0.1.${1 + (from % 200)}`
  const socket = connect({
    port,
    host: '127.0.0.1',
    noDelay: true,
    ...(localAddress ? { localAddress } : {}),
  })
  let rest: Buffer = Buffer.alloc(0)
  let isOpen = false
  let ending: Ending = { kind: 'closed' }
  const send = (opcode: number, payload: Buffer) => {
    if (!socket.writable) return
    // A client masks what it says; with the key 0 it stays as it is.
    const length =
      payload.length < 126
        ? Buffer.from([opcode, 0x80 | payload.length])
        : Buffer.from([opcode, 0x80 | 126, payload.length >> 8, payload.length & 0xff])
    socket.write(Buffer.concat([length, Buffer.alloc(4), payload]))
  }
  const say = (text: string) => send(TEXT, Buffer.from(text))

  /** The server's answer to the upgrade; false while it is not whole. */
  function readAnswer(): boolean {
    const end = rest.indexOf('\r\n\r\n')
    if (end < 0) return false
    const head = rest.toString('latin1', 0, end)
    rest = rest.subarray(end + 4)
    const status = Number(head.slice(9, 12))
    isOpen = status === 101
    if (isOpen && opening !== null) say(opening)
    if (isOpen) return true
    const seconds = /\r\nretry-after: *(\d+)/i.exec(head)?.[1]
    ending = {
      kind: 'refused',
      status,
      retryAfterMs: seconds === undefined ? undefined : 1_000 * Number(seconds),
    }
    socket.destroy()
    return false
  }

  function readFrames(): void {
    let at = 0
    while (rest.length - at >= 2) {
      const short = (rest[at + 1] as number) & 0x7f
      const header = short < 126 ? 2 : short === 126 ? 4 : 10
      if (rest.length - at < header) break
      const length =
        short < 126 ? short : short === 126 ? rest.readUInt16BE(at + 2) : Number(rest.readBigUInt64BE(at + 2))
      const end = at + header + length
      if (rest.length < end) break
      const opcode = (rest[at] as number) & OPCODE
      if (opcode === 1) onText(rest.toString('latin1', at + header, end), say, length)
      else if (opcode === 8) socket.destroy()
      else if (opcode === 9) send(PONG, rest.subarray(at + header, end))
      at = end
    }
    rest = rest.subarray(at)
  }

  socket.on('connect', () =>
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`,
    ),
  )
  socket.on('data', (chunk: Buffer) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    if (isOpen || readAnswer()) readFrames()
  })
  socket.on('error', () => {})
  socket.on('close', () => onEnd?.(ending))
  return { say, cut: () => void socket.destroy() }
}
