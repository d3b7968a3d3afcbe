/** What the model starts from: µs, KB, MB or bytes, each of one location, event, customer or delivery. */
export type Figures = {
  /** A location accepted, one in a post. */
  accept: number
  /** An event read, nobody in its room. */
  read: number
  /** An event emitted to a room with one customer; to each further one. */
  emit: number
  emitNext: number
  /** With PUSH=affine: an event whose customers are elsewhere, and a post passed on to the instance that has the delivery. */
  readElsewhere: number
  passOn: number
  /** A location read and stored by the history. */
  store: number
  /** Each second: a customer connected, an instance with nothing to do. */
  customerIdle: number
  idle: number
  customerKb: number
  /** A delivery that is ridden. */
  rememberedKb: number
  baseMb: number
  recordBytes: number
  rowBytes: number
}

/** The rows of docs/scaling.md, by the series that the benches keep them under, and what each is called there. */
export const ROWS = {
  post: {
    '50/alone/cpu': 'a post accepted, 50 at once',
    '50/all in/cpu': 'the same, read and stored as well',
    '256/all in/rate': 'posts answered, 256 at once',
  },
  push: {
    'way/100/product/p99': 'from a post to the socket at 100/s, p99',
    read: 'an event read, nobody in its room',
    '1x1000/alone': 'a delivery, one room of 1,000',
    '200x5/alone': 'a delivery, 200 rooms of 5',
    'connect/product': 'a customer connecting',
    idle: 'an instance with nothing to do, each second',
  },
  storm: {
    '2000/product/after/greeted': '2,000 customers come back at once: all greeted after',
    '2000/product/after/loop': 'meanwhile the event loop stands at most',
  },
  fleet: {
    created: 'a delivery created',
    'records/furthest': 'records to 12 customers each, p99 within 34 ms',
    'customer/idle': 'a customer connected, each second',
    'customer/kb': 'memory: a customer connected',
    'riding/each': 'memory: a delivery that is ridden',
    'riding/start': 'memory: an instance that has just started',
    recordBytes: 'a location in the log',
    rowBytes: 'a location in PostgreSQL, with its index',
  },
  affine: {
    'affine/read': 'an event none of whose customers is there, PUSH=affine',
    hop: 'a post passed on, PUSH=affine',
  },
} as const satisfies Record<string, Record<string, string>>

type Row = {
  [Bench in keyof typeof ROWS]: (typeof ROWS)[Bench][keyof (typeof ROWS)[Bench]]
}[keyof typeof ROWS]

/** What the model starts from, out of the rows. */
export function figuresFrom(of: (row: Row) => number): Figures {
  const accept = of('a post accepted, 50 at once')
  const read = of('an event read, nobody in its room')
  const emitNext = of('a delivery, one room of 1,000')
  // Five deliveries share the event: what is left of them is the first one's.
  const emit = Math.max(emitNext, 5 * of('a delivery, 200 rooms of 5') - read - 4 * emitNext)
  return {
    accept,
    read,
    emit,
    emitNext,
    // What cannot be told from nothing may come out below it.
    readElsewhere: Math.max(0, of('an event none of whose customers is there, PUSH=affine')),
    passOn: of('a post passed on, PUSH=affine'),
    store: Math.max(0, of('the same, read and stored as well') - accept - read),
    customerIdle: of('a customer connected, each second'),
    idle: of('an instance with nothing to do, each second'),
    customerKb: of('memory: a customer connected'),
    rememberedKb: of('memory: a delivery that is ridden'),
    baseMb: of('memory: an instance that has just started'),
    recordBytes: of('a location in the log'),
    rowBytes: of('a location in PostgreSQL, with its index'),
  }
}
