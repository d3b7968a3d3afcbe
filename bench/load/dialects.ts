/** What a server speaks over its WebSockets. */
export type Dialect = 'socket.io' | 'ws' | 'centrifugo'
/** Who comes: for the product a token, for the floors the room. */
export type Visitor = { token?: string; room?: string; afterSeq?: number }

type Speaking = {
  path(visitor: Visitor): string
  /** Said as soon as the connection is open. */
  opening(visitor: Visitor): string | null
  /** `say` answers what has to be answered at once. */
  hear(text: string, say: (text: string) => void): Heard
}
export type Heard =
  | { kind: 'greeted'; text: string }
  | { kind: 'delivery'; text: string; count: number }
  | { kind: 'refused'; text: string }
  | { kind: 'other' }

const OTHER = { kind: 'other' } as const
const PACKET = '42/tracking,["'
const LOCATION = `${PACKET}delivery:location"`

export const DIALECTS: Record<Dialect, Speaking> = {
  'socket.io': {
    path: () => '/socket.io/?EIO=4&transport=websocket',
    opening: (visitor) => `40/tracking,${JSON.stringify(visitor)}`,
    hear(text, say) {
      if (text.startsWith(LOCATION)) return { kind: 'delivery', text, count: 1 }
      if (text === '2') say('3')
      if (text.startsWith(`${PACKET}delivery:snapshot"`) || text.startsWith(`${PACKET}ready"`))
        return { kind: 'greeted', text }
      return text.startsWith('44') ? { kind: 'refused', text } : OTHER
    },
  },
  ws: {
    path: ({ room }) => `/${room}`,
    opening: () => null,
    hear: (text) => (text === 'ready' ? { kind: 'greeted', text } : { kind: 'delivery', text, count: 1 }),
  },
  centrifugo: {
    path: () => '/connection/websocket',
    opening: ({ room }) => `{"id":1,"connect":{}}\n{"id":2,"subscribe":{"channel":"${room}"}}`,
    hear(text, say) {
      if (text === '{}') say('{}')
      // Several messages may come in one frame, each on a line of its own.
      const count = text.split('"pub":').length - 1
      if (count > 0) return { kind: 'delivery', text, count }
      if (text.includes('"error"')) return { kind: 'refused', text }
      return text.includes('"subscribe"') ? { kind: 'greeted', text } : OTHER
    },
  },
}
