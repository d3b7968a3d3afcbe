import { inRingQuick } from '../box.ts'
import { city, type Plot } from '../city.ts'
import { distanceM, lerp, type XY } from '../flat-ground.ts'
import { type Random, seededRandom } from '../random.ts'
import { type Line, projectLine } from './mercator.ts'

/** Metres kept free of houses: along a named street at the block's rim, along a back street, between two houses. */
const RIM_M = 19
const KERB_M = 5.5
const GAP_M = 2.3

const made = new WeakMap<Plot, readonly Line[]>()

/** The houses of a plot. Not real ones: invented, but always the same, and of the size that stands in such a block. */
export function footprints(plot: Plot): readonly Line[] {
  const known = made.get(plot)
  if (known) return known
  const houses = (plot.cell.use === 'slabs' ? slabs(plot) : lots(plot))
    .filter((house) => !city().closed.some(({ ring }) => house.some((corner) => inRingQuick(corner, ring))))
    .map(projectLine)
  made.set(plot, houses)
  return houses
}

/** A plot with its free margin taken off, as a frame to place rectangles in by metres. */
class Frame {
  readonly widthM: number
  readonly heightM: number
  private readonly corners: readonly [nw: XY, ne: XY, sw: XY, se: XY]

  constructor({ patch, cell: { u0, u1, v0, v1 } }: Plot) {
    const marginU = (u: number) => (u === 0 || u === 1 ? RIM_M : KERB_M) / patch.widthM
    const marginV = (v: number) => (v === 0 || v === 1 ? RIM_M : KERB_M) / patch.heightM
    const [west, east] = [u0 + marginU(u0), u1 - marginU(u1)]
    const [north, south] = [v0 + marginV(v0), v1 - marginV(v1)]
    const inverted = west >= east || north >= south
    this.corners = [
      patch.at(west, north),
      patch.at(east, north),
      patch.at(west, south),
      patch.at(east, south),
    ]
    const [nw, ne, sw] = this.corners
    this.widthM = inverted ? 0 : distanceM(nw, ne)
    this.heightM = inverted ? 0 : distanceM(nw, sw)
  }

  private at(xM: number, yM: number): XY {
    const [nw, ne, sw, se] = this.corners
    const x = xM / this.widthM
    return lerp(lerp(nw, ne, x), lerp(sw, se, x), yM / this.heightM)
  }

  ring(x0: number, y0: number, x1: number, y1: number, notch = 0): XY[] {
    if (notch === 0) return [this.at(x0, y0), this.at(x1, y0), this.at(x1, y1), this.at(x0, y1)]
    const [xn, yn] = [x1 - (x1 - x0) * notch, y1 - (y1 - y0) * notch]
    return [
      this.at(x0, y0),
      this.at(x1, y0),
      this.at(x1, yn),
      this.at(xn, yn),
      this.at(xn, y1),
      this.at(x0, y1),
    ]
  }
}

/** Two rows of lots back to back, each with a house of its own size. */
function lots(plot: Plot): XY[][] {
  const frame = new Frame(plot)
  const { cell, grain } = plot
  if (cell.use === 'green' || frame.widthM < 9 || frame.heightM < 9) return []
  const random = seededRandom(`${cell.u0} ${cell.v0} ${plot.patch.widthM}`)
  const atRim = cell.u0 === 0 || cell.u1 === 1 || cell.v0 === 0 || cell.v1 === 1
  const lotM = grain === 'offices' ? 38 : atRim ? 27 : 17
  const wide = frame.widthM >= frame.heightM
  const [alongM, acrossM] = wide ? [frame.widthM, frame.heightM] : [frame.heightM, frame.widthM]
  const rows = Math.max(1, Math.round(acrossM / (atRim ? 34 : 24)))

  const houses: XY[][] = []
  for (let row = 0; row < rows; row++) {
    const [b0, b1] = [(row * acrossM) / rows, ((row + 1) * acrossM) / rows]
    for (const [a0, a1] of lotsAlong(alongM, lotM, random)) {
      if (random() < 0.07) continue
      const inset = () => GAP_M * (0.4 + random())
      const [a2, a3, b2, b3] = [a0 + inset(), a1 - inset(), b0 + inset(), b1 - inset()]
      const notch = random() < 0.3 ? 0.25 + random() * 0.25 : 0
      if (a3 - a2 > 5 && b3 - b2 > 5)
        houses.push(wide ? frame.ring(a2, b2, a3, b3, notch) : frame.ring(b2, a2, b3, a3, notch))
    }
  }
  return houses
}

function lotsAlong(lengthM: number, lotM: number, random: Random): [number, number][] {
  const count = Math.max(1, Math.round(lengthM / lotM))
  const cuts = Array.from(
    { length: count - 1 },
    (_, i) => ((i + 1 + (random() - 0.5) * 0.5) * lengthM) / count,
  )
  return [0, ...cuts].map((start, i) => [start, cuts[i] ?? lengthM])
}

/** A Korean apartment complex: long slabs side by side, all looking south. */
function slabs(plot: Plot): XY[][] {
  const frame = new Frame(plot)
  const random = seededRandom(`${plot.cell.u0} ${plot.cell.v0} ${plot.patch.heightM}`)
  const houses: XY[][] = []
  const rows = Math.floor(frame.heightM / (44 + random() * 10))
  for (let row = 0; row < rows; row++) {
    const y = ((row + 0.5) * frame.heightM) / rows
    const count = Math.max(1, Math.round(frame.widthM / (62 + random() * 30)))
    for (let i = 0; i < count; i++) {
      const step = frame.widthM / count
      const x = i * step + 5 + random() * 6
      const depthM = 11 + random() * 3
      if (random() > 0.08)
        houses.push(frame.ring(x, y - depthM / 2, (i + 1) * step - 5 - random() * 8, y + depthM / 2))
    }
  }
  return houses
}
