import type { Frame, Page } from '@playwright/test'

/** What `npm test` tries once, the harder of the two, and `npm run test:e2e` in both ways. */
export const TRANSLATORS = [{ how: 'replaced' }, { how: 'moved', tag: '@again' }] as const

/**
 * Does to a page what page translators do: each text node is moved into an element, or replaced by an element with a copy
 * of it, also those that come later. The words stay, so that they can be looked for.
 */
export async function translate(page: Page | Frame, how: 'moved' | 'replaced'): Promise<void> {
  await page.evaluate((isMoved) => {
    const wrap = (text: Text) => {
      const parent = text.parentElement
      if (!parent || parent.closest('font, script, style, title')) return
      const font = document.createElement('font')
      parent.replaceChild(font, text)
      font.append(isMoved ? text : document.createTextNode(text.data))
    }
    const wrapAll = (root: Node) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
      const texts: Text[] = root instanceof Text ? [root] : []
      while (walker.nextNode()) texts.push(walker.currentNode as Text)
      texts.forEach(wrap)
    }
    wrapAll(document.body)
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) for (const node of addedNodes) wrapAll(node)
    }).observe(document.body, { subtree: true, childList: true })
  }, how === 'moved')
}
