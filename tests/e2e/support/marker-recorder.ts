import type { Page } from '@playwright/test'

/** The marker as drawn, in the frame where the store is at (0, 0) and home at (1, 0): the same at any zoom and pan. */
export type Drawn = { atMs: number; seq: number; x: number; y: number }

/**
 * Records from inside the page each movement of the rider's marker: a MutationObserver misses none, while looking
 * from outside shows only where the marker happens to be then.
 */
export async function recordMarker(page: Page): Promise<() => Promise<Drawn[]>> {
  await page.evaluate(() => {
    const drawn: Drawn[] = []
    Object.assign(window, { drawn })
    // Leaflet puts every marker into one pane with translate3d(x, y, 0): one coordinate system for all of them.
    const pointOf = (testId: string) => {
      const icon = document
        .querySelector(`[data-testid="${testId}"]`)
        ?.closest<HTMLElement>('.leaflet-marker-icon')
      const [x, y] = icon?.style.transform.match(/-?[\d.]+(?=px)/g)?.map(Number) ?? []
      return x === undefined || y === undefined ? undefined : { x, y }
    }
    new MutationObserver(() => {
      const [store, home, rider] = ['store-marker', 'home-marker', 'rider-marker'].map(pointOf)
      if (!store || !home || !rider) return
      const way = { x: home.x - store.x, y: home.y - store.y }
      const gone = { x: rider.x - store.x, y: rider.y - store.y }
      const square = way.x ** 2 + way.y ** 2
      const x = (gone.x * way.x + gone.y * way.y) / square
      const y = (gone.y * way.x - gone.x * way.y) / square
      const last = drawn.at(-1)
      // A pan or a zoom moves all the markers alike, to within a rounded pixel.
      if (last && Math.hypot(x - last.x, y - last.y) < 2 / Math.sqrt(square)) return
      const seq = Number(document.querySelector<HTMLElement>('[data-testid="rider-marker"]')?.dataset.seq)
      drawn.push({ atMs: performance.now(), seq, x, y })
    }).observe(document.body, {
      attributes: true,
      attributeFilter: ['style'],
      childList: true,
      subtree: true,
    })
  })
  return () => page.evaluate(() => (window as unknown as { drawn: Drawn[] }).drawn)
}
