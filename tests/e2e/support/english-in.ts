import type { Page } from '@playwright/test'

/** Brands, protocols and units, which Korean pages write as they are. */
const NAMES =
  /Rider Live|Socket\.IO|Next\.js|WebSocket|PostgreSQL|OpenStreetMap|OpenAPI|AsyncAPI|GeoJSON|Leaflet|Kafka|HTTPS?|POST|PUT|GET|DELETE|JSON|GPX|GPS|API|QR|km|ms/g

/**
 * The English that a page shows or reads out: texts and labels with two Latin letters in a row, once brands and the given
 * names are taken out. Code, and what says of itself that it is in another language, is none.
 */
export async function englishIn(page: Page, names: readonly string[] = []): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const without =
      'script, style, noscript, code, pre, [lang]:not([lang=ko]):not(html), .leaflet-control-attribution'
    const isShown = (element: Element | null) =>
      element !== null && !element.closest(without) && element.checkVisibility({ visibilityProperty: true })
    const found: string[] = [document.title]
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (isShown(node.parentElement)) found.push(node.textContent ?? '')
    for (const element of document.body.querySelectorAll('*'))
      for (const name of ['aria-label', 'aria-valuetext', 'aria-description', 'alt', 'title', 'placeholder'])
        if (element.hasAttribute(name) && isShown(element)) found.push(element.getAttribute(name) ?? '')
    return found
  })
  const known = [...names].sort((a, b) => b.length - a.length)
  const left = (text: string) =>
    known.reduce((rest, name) => rest.replaceAll(name, ''), text).replaceAll(NAMES, '')
  return [...new Set(texts.map((text) => text.trim()).filter((text) => /[A-Za-z]{2}/.test(left(text))))]
}
