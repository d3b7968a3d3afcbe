import type { Figures } from '../../../bench/scaling/figures.ts'

/** Round numbers, near those of docs/scaling.md. */
export const figures: Figures = {
  accept: 500,
  read: 20,
  emit: 50,
  emitNext: 10,
  readElsewhere: 0.2,
  passOn: 60,
  store: 50,
  customerIdle: 4,
  idle: 40_000,
  customerKb: 25,
  rememberedKb: 57,
  baseMb: 200,
  recordBytes: 480,
  rowBytes: 250,
}
