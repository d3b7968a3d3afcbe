import { FONTS } from '#demo-city/tiles/label.ts'
import type { TileJob } from './draw-city-tile.ts'
import { createDrawQueue } from './draw-queue.ts'
import { pageFonts } from './page-fonts.ts'
import type { FromTileWorker, ToTileWorker } from './tile-worker.ts'

export type CityPainter = {
  /** `done` is called once the tile is on the canvas, which nothing else draws on. */
  paint(canvas: HTMLCanvasElement, job: TileJob, done: () => void): void
  /** Its drawing is not wanted any more. */
  drop(canvas: HTMLElement): void
}
type Wanted = { canvas: HTMLCanvasElement; job: TileJob; done: () => void }

let shared: CityPainter | undefined

/** The one that draws for all maps of the page: what the city is made of is made once. */
export function cityPainter(): CityPainter {
  shared ??= canUseWorker() ? paintInWorker() : paintHere()
  return shared
}

const canUseWorker = () =>
  typeof Worker === 'function' &&
  typeof OffscreenCanvas === 'function' &&
  typeof ImageBitmapRenderingContext === 'function'

/** Beside the page: on a slow phone a screen of tiles takes a second in which the page could not move. */
function paintInWorker(): CityPainter {
  const wanted = new Map<number, Wanted>()
  const ids = new WeakMap<HTMLElement, number>()
  let lastId = 0
  /** Where workers are blocked, or cannot do this. */
  let instead: CityPainter | null = null

  const worker = new Worker(new URL('./tile-worker.ts', import.meta.url), { type: 'module' })
  const tell = (message: ToTileWorker) => worker.postMessage(message)
  worker.onmessage = ({ data: { id, bitmap } }: MessageEvent<FromTileWorker>) => {
    const tile = wanted.get(id)
    wanted.delete(id)
    if (!tile) return bitmap.close()
    tile.canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(bitmap)
    tile.done()
  }
  worker.onerror = (event) => {
    event.preventDefault()
    if (instead) return
    console.warn('The map is drawn by the page: no worker can', event.message)
    worker.terminate()
    instead = paintHere()
    for (const { canvas, job, done } of wanted.values()) instead.paint(canvas, job, done)
    wanted.clear()
  }
  tell({ faces: pageFonts() })

  return {
    paint(canvas, job, done) {
      if (instead) return instead.paint(canvas, job, done)
      lastId += 1
      ids.set(canvas, lastId)
      wanted.set(lastId, { canvas, job, done })
      tell({ id: lastId, job })
    },
    drop(canvas) {
      if (instead) return instead.drop(canvas)
      const id = ids.get(canvas)
      if (id === undefined || !wanted.delete(id)) return
      tell({ drop: id })
    },
  }
}

/** In the frames of the page. The drawing itself is loaded only here and in the worker. */
function paintHere(): CityPainter {
  const drawings = createDrawQueue()
  const dropped = new WeakSet<HTMLElement>()
  const drawing = import('./draw-city-tile.ts')
  const fonts = Promise.all(FONTS.map((font) => document.fonts.load(font).catch(() => [])))

  async function paint(canvas: HTMLCanvasElement, job: TileJob, done: () => void): Promise<void> {
    const [{ drawCityTile }] = await Promise.all([drawing, job.part === 'names' && fonts])
    if (dropped.has(canvas)) return
    drawings.add(canvas, () => {
      const ctx = canvas.getContext('2d')
      if (ctx) drawCityTile(ctx, job)
      done()
    })
  }
  return {
    paint: (canvas, job, done) =>
      void paint(canvas, job, done).catch((cause: unknown) => console.warn('A tile is not drawn', cause)),
    drop(canvas) {
      dropped.add(canvas)
      drawings.drop(canvas)
    },
  }
}
