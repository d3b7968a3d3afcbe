import type { Frame, Page } from '@playwright/test'

/** The marker as drawn, in the frame where the store is at (0, 0) and home at (1, 0): the same at any zoom and pan. */
export type Drawn = {
  seq: number
  x: number
  y: number
  /** From store to home on the screen. */
  unitPx: number
  /** How long the browser had for this movement: since the frame before the last one. */
  frameMs: number
}

export type MarkerRecord = { read(): Promise<Drawn[]>; forget(): Promise<void> }

/**
 * Records from inside the page each movement of the rider's marker: a MutationObserver misses none, while looking
 * from outside shows only where the marker happens to be then.
 */
export async function recordMarker(page: Page | Frame): Promise<MarkerRecord> {
  await page.evaluate(() => {
    const drawn: Drawn[] = []
    Object.assign(window, { drawn })
    let frames = [0, 0, 0]
    const lessMotion = matchMedia('(prefers-reduced-motion: reduce)')
    const onFrame = (nowMs: number) => {
      // Where nothing glides frames say nothing, and asking for each has each drawn.
      if (lessMotion.matches) return
      // While Leaflet zooms the marker waits: that time belongs to the movement after it.
      if (!document.querySelector('.leaflet-zoom-anim')) frames = [...frames.slice(1), nowMs]
      requestAnimationFrame(onFrame)
    }
    requestAnimationFrame(onFrame)

    const find = (testId: string) => document.querySelector<HTMLElement>(`[data-testid="${testId}"]`)
    // Leaflet puts every marker into one pane with translate3d(x, y, 0): one coordinate system for all of them.
    const pointOf = (testId: string) => {
      const style = find(testId)?.closest<HTMLElement>('.leaflet-marker-icon')?.style.transform ?? ''
      const [x, y] = style.match(/-?[\d.]+(?=px)/g)?.map(Number) ?? []
      return x === undefined || y === undefined ? undefined : { x, y }
    }
    const onMutation = () => {
      const [from, to, at] = [pointOf('store-marker'), pointOf('home-marker'), pointOf('rider-marker')]
      if (!from || !to || !at) return
      const [wayX, wayY, goneX, goneY] = [to.x - from.x, to.y - from.y, at.x - from.x, at.y - from.y]
      const square = wayX ** 2 + wayY ** 2
      if (square === 0) return
      const x = (goneX * wayX + goneY * wayY) / square
      const y = (goneY * wayX - goneX * wayY) / square
      const unitPx = Math.sqrt(square)
      const last = drawn.at(-1)
      // A zoom moves all the markers alike, to within a rounded pixel.
      if (last && Math.hypot(x - last.x, y - last.y) * unitPx < 0.8) return
      const seq = Number(find('rider-marker')?.dataset.seq)
      drawn.push({ seq, x, y, unitPx, frameMs: performance.now() - (frames[0] ?? 0) })
    }
    const watched = { attributes: true, attributeFilter: ['style'], childList: true, subtree: true }
    new MutationObserver(onMutation).observe(document.body, watched)
  })
  const record = await page.evaluateHandle(() => (window as unknown as { drawn: Drawn[] }).drawn)
  return {
    read: () => record.evaluate((drawn) => [...drawn]),
    forget: () => record.evaluate((drawn) => void drawn.splice(0)),
  }
}
