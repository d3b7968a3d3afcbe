/** What is measured, in the order of the table: what it is called there, its unit, and the floor it is a multiple of. */
export const FIGURES = {
  acceptOne: { title: 'a location accepted, one in a post', unit: 'µs', floor: 'health' },
  acceptFive: { title: 'a location accepted, five in a post', unit: 'µs', floor: 'health' },
  health: { title: 'floor: `/healthz` answered by the same server', unit: 'µs', floor: null },
  read: { title: 'an event read, nobody in its room', unit: 'µs', floor: 'bareRead' },
  bareRead: { title: 'floor: the same records read by kafkajs alone', unit: 'µs', floor: null },
  emit: { title: 'an event emitted to a room with one customer', unit: 'µs', floor: 'bareEmit' },
  emitNext: { title: 'the same for each further customer of the room', unit: 'µs', floor: 'bareEmit' },
  bareEmit: { title: 'floor: the same emitted by Socket.IO alone', unit: 'µs', floor: null },
  store: { title: 'a location read and stored by the history, as it comes', unit: 'µs', floor: 'bareRead' },
  storeBulk: {
    title: 'a location read and stored by the history, catching up',
    unit: 'µs',
    floor: 'bareRead',
  },
  connect: { title: 'a customer connecting and greeted', unit: 'µs', floor: 'health' },
  customerIdle: { title: 'a customer connected, each second', unit: 'µs', floor: null },
  idle: { title: 'an instance with nothing to do, each second', unit: 'µs', floor: null },
  customerKb: { title: 'memory: a customer connected', unit: 'KB', floor: null },
  rememberedKb: { title: 'memory: a delivery remembered, with 200 points', unit: 'KB', floor: null },
  baseMb: { title: 'memory: an instance that has just started', unit: 'MB', floor: null },
  recordBytes: { title: 'a location in the log, with its share of the batch', unit: 'B', floor: null },
  rowBytes: { title: 'a location in PostgreSQL, with its index', unit: 'B', floor: null },
} as const satisfies Record<string, { title: string; unit: string; floor: string | null }>

export type FigureName = keyof typeof FIGURES
export const figureNames = Object.keys(FIGURES) as FigureName[]

/** Medians, in the units above. */
export type Figures = Record<FigureName, number>
