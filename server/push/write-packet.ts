import type { Server, Socket } from 'socket.io'

/** Events for many sockets: their Engine.IO messages, and the same as WebSocket frames in one piece. */
export type Packet = { messages: readonly string[]; frame: [Buffer] }

/** `PacketType.EVENT` of socket.io-parser. */
const EVENT = 2
/** RFC 6455, 5.2: one unmasked text frame, whole. */
const WHOLE_TEXT = 0x81

/** What of Engine.IO's transport and of `ws` is needed here; Socket.IO's own broadcast takes the same way in. */
type Transport = {
  name: string
  writable: boolean
  socket?: {
    readyState: number
    bufferedAmount: number
    _sender?: { sendFrame?(frame: [Buffer]): void }
  }
}
const OPEN = 1

export function framePacket(
  encoder: Server['encoder'],
  namespace: string,
  event: string,
  message: unknown,
): Packet {
  const [text] = encoder.encode({ type: EVENT, nsp: namespace, data: [event, message] })
  // `4` is Engine.IO's type of a message.
  return { messages: [text as string], frame: [frameOf(`4${text}`)] }
}

/** Several events as one: they are one write. */
export function joinPackets(packets: readonly Packet[]): Packet {
  return {
    messages: packets.flatMap(({ messages }) => messages),
    frame: [Buffer.concat(packets.map(({ frame }) => frame[0]))],
  }
}

/**
 * Writes it straight to the socket where nothing waits before it, which is nearly always: all that is left to do is one
 * write. Where something waits (a slow reader, a WebSocket that is opening, long polling) Engine.IO queues it behind.
 */
export function writePacket(connection: Socket['conn'], { messages, frame }: Packet): void {
  const { name, writable, socket } = connection.transport as unknown as Transport
  if (
    name === 'websocket' &&
    writable &&
    connection.readyState === 'open' &&
    socket?.readyState === OPEN &&
    socket.bufferedAmount === 0 &&
    socket._sender?.sendFrame
  )
    socket._sender.sendFrame(frame)
  else for (const message of messages) connection.write(message)
}

/** Header and payload in one piece, so that they are one write. */
function frameOf(text: string): Buffer {
  const length = Buffer.byteLength(text)
  const headerLength = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafe(headerLength + length)
  frame[0] = WHOLE_TEXT
  if (headerLength === 2) frame[1] = length
  else if (headerLength === 4) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame.write(text, headerLength)
  return frame
}
