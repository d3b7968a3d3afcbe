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
export type Heard = { kind: 'greeted' | 'refused' | 'other' } | { kind: 'delivery'; count: number }

const GREETED = { kind: 'greeted' } as const
const REFUSED = { kind: 'refused' } as const
const OTHER = { kind: 'other' } as const
const ONE_DELIVERY = { kind: 'delivery', count: 1 } as const
const PACKET = '42/tracking,["'
const LOCATION = `${PACKET}delivery:location"`

export const DIALECTS: Record<Dialect, Speaking> = {
  'socket.io': {
    path: () => '/socket.io/?EIO=4&transport=websocket',
    opening: (visitor) => `40/tracking,${JSON.stringify(visitor)}`,
    hear(text, say) {
      if (text.startsWith(LOCATION)) return ONE_DELIVERY
      if (text === '2') say('3')
      if (text.startsWith(`${PACKET}delivery:snapshot"`) || text.startsWith(`${PACKET}ready"`)) return GREETED
      return text.startsWith('44') ? REFUSED : OTHER
    },
  },
  ws: {
    path: ({ room }) => `/${room}`,
    opening: () => null,
    hear: (text) => (text === 'ready' ? GREETED : ONE_DELIVERY),
  },
  centrifugo: {
    path: () => '/connection/websocket',
    opening: ({ room }) => `{"id":1,"connect":{}}\n{"id":2,"subscribe":{"channel":"${room}"}}`,
    hear(text, say) {
      if (text === '{}') say('{}')
      // Several messages may come in one frame, each on a line of its own.
      const count = text.split('"pub":').length - 1
      if (count > 0) return { kind: 'delivery', count }
      if (text.includes('"error"')) return REFUSED
      return text.includes('"subscribe"') ? GREETED : OTHER
    },
  },
}
