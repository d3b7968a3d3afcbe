import { FONTS } from '#demo-city/tiles/label.ts'
import { drawCityTile, type TileJob } from './draw-city-tile.ts'
import { createDrawQueue } from './draw-queue.ts'
import type { Face } from './page-fonts.ts'

/** What city-painter.ts tells this worker: first the page's fonts, then tiles to draw or to leave. */
export type ToTileWorker = { faces: Face[] } | { id: number; job: TileJob } | { drop: number }
export type FromTileWorker = { id: number; bitmap: ImageBitmap }

/** Names are drawn in another font after this. */
const FONT_PATIENCE_MS = 10_000

const scope = self as unknown as { fonts: FontFaceSet }
// The page hears of the error, and draws itself.
if (!('fonts' in self)) throw new Error('This browser has no fonts in workers')

const drawings = createDrawQueue((then) => setTimeout(then))
const jobs = new Map<number, TileJob>()
let fonts: Promise<unknown> = Promise.resolve()

self.onmessage = ({ data }: MessageEvent<ToTileWorker>) => {
  if ('faces' in data) fonts = loadFonts(data.faces)
  else if ('drop' in data) leave(data.drop)
  else void take(data.id, data.job)
}

async function take(id: number, job: TileJob): Promise<void> {
  jobs.set(id, job)
  // Names measured in another font than they are drawn in would run into each other.
  if (job.part === 'names') await fonts
  if (jobs.has(id)) drawings.add(job, () => draw(id, job))
}

function leave(id: number): void {
  const job = jobs.get(id)
  if (job) drawings.drop(job)
  jobs.delete(id)
}

function draw(id: number, job: TileJob): void {
  jobs.delete(id)
  const canvas = new OffscreenCanvas(job.sizePx, job.sizePx)
  const ctx = canvas.getContext('2d')
  if (!ctx) return
  drawCityTile(ctx, job)
  const bitmap = canvas.transferToImageBitmap()
  self.postMessage({ id, bitmap } satisfies FromTileWorker, { transfer: [bitmap] })
}

async function loadFonts(faces: readonly Face[]): Promise<void> {
  for (const { family, source, ...descriptors } of faces)
    scope.fonts.add(new FontFace(family, source, descriptors))
  const loaded = Promise.all(FONTS.map((font) => scope.fonts.load(font).catch(() => [])))
  await Promise.race([loaded, new Promise((resolve) => setTimeout(resolve, FONT_PATIENCE_MS))])
}
