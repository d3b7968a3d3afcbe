import { type Label, LINE_HEIGHT } from './label.ts'
import { lineLabels } from './line-labels.ts'
import { type Box, boxesMeet } from './mercator.ts'
import { pointLabels } from './point-labels.ts'

/** Clear space kept around every name. */
const PADDING_PX = 5
const CELL_PX = 128

export type PlacedLabel = Label & { box: Box }

const placed = new Map<number, readonly PlacedLabel[]>()

/**
 * The names of a whole zoom level, none over another. Placed for all of the area at once and not tile by tile, so that
 * a name that reaches over a tile's edge is the same on both sides.
 */
export function placedLabels(zoom: number): readonly PlacedLabel[] {
  const known = placed.get(zoom)
  if (known) return known
  const taken = new Taken()
  const labels: PlacedLabel[] = []
  for (const wish of [...pointLabels(zoom), ...lineLabels(zoom)]) {
    for (const label of wish) {
      const boxes = boxesUnder(label)
      if (!taken.take(boxes)) continue
      labels.push({ ...label, box: around(boxes) })
      break
    }
  }
  placed.set(zoom, labels)
  return labels
}

/** Forget all: the names were measured in a font that has been replaced. */
export function forgetPlacedLabels(): void {
  placed.clear()
}

/** Leaning text is covered by a row of small squares, straight text by one box. */
function boxesUnder({ x, y, angleRad, widthPx, sizePx, lines, subwayLines }: Label): Box[] {
  const height = sizePx * LINE_HEIGHT * lines.length + (subwayLines ? sizePx + 8 : 0)
  if (angleRad === 0) {
    const [halfW, halfH] = [widthPx / 2 + PADDING_PX, height / 2 + PADDING_PX]
    return [{ minX: x - halfW, maxX: x + halfW, minY: y - halfH, maxY: y + halfH }]
  }
  const half = height / 2 + 2
  const steps = Math.ceil(widthPx / height)
  return Array.from({ length: steps + 1 }, (_, i) => {
    const along = (i / steps - 0.5) * widthPx
    const [cx, cy] = [x + Math.cos(angleRad) * along, y + Math.sin(angleRad) * along]
    return { minX: cx - half, maxX: cx + half, minY: cy - half, maxY: cy + half }
  })
}

function around(boxes: readonly Box[]): Box {
  return {
    minX: Math.min(...boxes.map((box) => box.minX)),
    minY: Math.min(...boxes.map((box) => box.minY)),
    maxX: Math.max(...boxes.map((box) => box.maxX)),
    maxY: Math.max(...boxes.map((box) => box.maxY)),
  }
}

/** The ground already covered by names. */
class Taken {
  private readonly cells = new Map<string, Box[]>()

  /** Takes the boxes if all of them are free. */
  take(boxes: readonly Box[]): boolean {
    if (
      boxes.some((box) =>
        cellsOf(box).some((cell) => this.cells.get(cell)?.some((other) => boxesMeet(box, other))),
      )
    ) {
      return false
    }
    for (const box of boxes)
      for (const cell of cellsOf(box)) this.cells.set(cell, [...(this.cells.get(cell) ?? []), box])
    return true
  }
}

function cellsOf({ minX, minY, maxX, maxY }: Box): string[] {
  const cells: string[] = []
  for (let x = Math.floor(minX / CELL_PX); x <= Math.floor(maxX / CELL_PX); x++) {
    for (let y = Math.floor(minY / CELL_PX); y <= Math.floor(maxY / CELL_PX); y++) cells.push(`${x},${y}`)
  }
  return cells
}
