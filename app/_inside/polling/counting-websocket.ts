import { WebSocket } from 'socket.io-client'

export type Frames = { handshakes: number; messages: number; bytes: number }

const utf8 = new TextEncoder()

/** Socket.IO's WebSocket transport that also counts incoming frames and their payload, heartbeats included. */
export function countingWebSocket(frames: Frames): typeof WebSocket {
  return class CountingWebSocket extends WebSocket {
    override createSocket(...of: Parameters<WebSocket['createSocket']>) {
      frames.handshakes += 1
      return super.createSocket(...of)
    }
    protected override onData(data: string | ArrayBuffer) {
      frames.messages += 1
      frames.bytes += typeof data === 'string' ? utf8.encode(data).length : data.byteLength
      super.onData(data)
    }
  }
}
