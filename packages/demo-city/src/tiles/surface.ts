/** What tiles are drawn on: a canvas of a page, or one of a worker. */
export type Surface = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

/** A surface that is never shown. */
export function hiddenSurface(widthPx: number, heightPx: number): Surface | null {
  // A worker has no document, an old browser no OffscreenCanvas.
  if (typeof document === 'undefined')
    return new OffscreenCanvas(widthPx, heightPx).getContext('2d', { willReadFrequently: true })
  const canvas = document.createElement('canvas')
  canvas.width = widthPx
  canvas.height = heightPx
  return canvas.getContext('2d', { willReadFrequently: true })
}
