import type { Figures } from '../../../bench/scaling/figures.ts'

/** Round numbers, near those of docs/scaling.md. */
export const figures: Figures = {
  acceptOne: 500,
  acceptFive: 150,
  health: 80,
  read: 20,
  bareRead: 10,
  emit: 50,
  emitNext: 10,
  bareEmit: 25,
  store: 50,
  storeBulk: 20,
  connect: 600,
  customerIdle: 4,
  idle: 40_000,
  customerKb: 25,
  rememberedKb: 57,
  baseMb: 200,
  recordBytes: 480,
  rowBytes: 250,
}
