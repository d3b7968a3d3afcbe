import type { BlockGrain } from './blocks.ts'
import type { Random } from './random.ts'

/** Everything here lives in the unit square of a block; patch.ts lays it on the ground. */
type UV = readonly [u: number, v: number]
export type BackStreetKind = 'local' | 'lane'
export type Cut = { kind: BackStreetKind; from: UV; to: UV }
export type Cell = { u0: number; u1: number; v0: number; v1: number; use: 'houses' | 'slabs' | 'green' }
export type Subdivision = { cuts: Cut[]; cells: Cell[] }

/** How far apart the streets of a block run, in metres: `local` streets first, then `row`s of lanes, then cross lanes. */
const GRAINS = {
  lanes: { localM: 270, rowM: 58, crossM: 125 },
  offices: { localM: 240, rowM: 80, crossM: 130 },
  apartments: { localM: 300, rowM: 300, crossM: 300 },
} satisfies Record<BlockGrain, { localM: number; rowM: number; crossM: number }>

/** Cuts [from, to] into n near-equal parts; the inner cut positions, each moved a little. */
function cutPositions(from: number, to: number, parts: number, random: Random): number[] {
  const step = (to - from) / parts
  return Array.from(
    { length: Math.max(0, parts - 1) },
    (_, i) => from + step * (i + 1 + (random() - 0.5) * 0.24),
  )
}

const between = (from: number, cuts: number[], to: number) =>
  [from, ...cuts].map((start, i) => [start, cuts[i] ?? to] as const)

/**
 * Divides a block the way this part of Seoul is divided: a few local streets right across it, and in each part rows of
 * narrow lanes, joined by cross lanes that sometimes line up and sometimes do not.
 */
export function subdivide(widthM: number, heightM: number, grain: BlockGrain, random: Random): Subdivision {
  const { localM, rowM, crossM } = GRAINS[grain]
  const out: Subdivision = { cuts: [], cells: [] }
  const us = cutPositions(0, 1, Math.max(1, Math.round(widthM / localM)), random)
  const vs = cutPositions(0, 1, Math.max(1, Math.round(heightM / localM)), random)
  for (const u of us) out.cuts.push({ kind: 'local', from: [u, 0], to: [u, 1] })
  for (const v of vs) out.cuts.push({ kind: 'local', from: [0, v], to: [1, v] })
  for (const [u0, u1] of between(0, us, 1)) {
    for (const [v0, v1] of between(0, vs, 1)) {
      if (grain === 'apartments') out.cells.push({ u0, u1, v0, v1, use: 'slabs' })
      else fillPart({ u0, u1, v0, v1 }, { widthM, heightM, rowM, crossM }, random, out)
    }
  }
  return out
}

type Part = { u0: number; u1: number; v0: number; v1: number }
type Measure = { widthM: number; heightM: number; rowM: number; crossM: number }

function fillPart(
  part: Part,
  { widthM, heightM, rowM, crossM }: Measure,
  random: Random,
  out: Subdivision,
): void {
  // Rows run along u, unless turned; a turned part swaps the two axes on the way out.
  const turned = random() < 0.38
  const [a0, a1, aM] = turned ? [part.v0, part.v1, heightM] : [part.u0, part.u1, widthM]
  const [b0, b1, bM] = turned ? [part.u0, part.u1, widthM] : [part.v0, part.v1, heightM]
  const uv = (a: number, b: number): UV => (turned ? [b, a] : [a, b])
  const rows = cutPositions(b0, b1, Math.max(1, Math.round(((b1 - b0) * bM) / rowM)), random)
  const crossings = Math.max(1, Math.round(((a1 - a0) * aM) / crossM))
  const shared = random() < 0.55 ? cutPositions(a0, a1, crossings, random) : null

  for (const row of rows) out.cuts.push({ kind: 'lane', from: uv(a0, row), to: uv(a1, row) })
  for (const [top, bottom] of between(b0, rows, b1)) {
    const crosses = shared ?? cutPositions(a0, a1, Math.max(1, crossings + (random() < 0.4 ? 1 : 0)), random)
    for (const cross of crosses) out.cuts.push({ kind: 'lane', from: uv(cross, top), to: uv(cross, bottom) })
    for (const [start, end] of between(a0, crosses, a1)) {
      const [u0, v0] = uv(start, top)
      const [u1, v1] = uv(end, bottom)
      out.cells.push({ u0, u1, v0, v1, use: random() < 0.02 ? 'green' : 'houses' })
    }
  }
}
