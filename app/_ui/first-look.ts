import { isLanguage, loadWords } from '#app/_words/language.ts'
import { type Speaker, speak } from '#app/_words/speak.ts'
import type { Snapshot } from '#contracts/snapshot.ts'

/**
 * What a page says first, before any of its own scripts: a small script of its own, which stands in the HTML. The server
 * cannot write it there, because it never sees the token. This asks with the token for what the page would ask, and gives
 * way once the page knows more.
 */
declare global {
  interface Window {
    /** Fills this element, now or when the answer comes, and is done then. */
    firstLook?: (into: HTMLElement | null) => Promise<void>
  }
}

/** Where it stands in the page that the server sends. */
export const FIRST_LOOK_ID = 'first-look'
export type FirstLine = [tag: string, testId: string, className: string, text: string]
type LinesOf = (snapshot: Snapshot, nowMs: number, speaker: Speaker) => FirstLine[]

export function takeFirstLook(linesOf: LinesOf): void {
  const told = tell(linesOf)
  window.firstLook = (into) => told.then((lines) => into?.replaceChildren(...lines.map(elementOf)))
  void window.firstLook(document.getElementById(FIRST_LOOK_ID))
  // Another link in the same tab: what the first one told is of its time.
  addEventListener('hashchange', () => delete window.firstLook, { once: true })
}

async function tell(linesOf: LinesOf): Promise<FirstLine[]> {
  const [token, id, { lang }] = [
    location.hash.slice(1),
    location.pathname.split('/').at(-1),
    document.documentElement,
  ]
  if (token === '' || !isLanguage(lang)) return []
  try {
    const answer = await fetch(`/api/deliveries/${id}`, {
      headers: { authorization: `Bearer ${token}` },
      cache: 'no-store',
      priority: 'high',
    })
    // The page says why a link does not work.
    if (!answer.ok) return []
    const atMs = Date.parse(answer.headers.get('date') ?? '')
    const nowMs = Number.isNaN(atMs) ? Date.now() : atMs
    return linesOf((await answer.json()) as Snapshot, nowMs, speak(lang, await loadWords(lang)))
  } catch {
    // Without network: the page opens with what it has kept.
    return []
  }
}

function elementOf([tag, testId, className, text]: FirstLine): HTMLElement {
  const element = document.createElement(tag)
  element.dataset.testid = testId
  element.className = className
  element.textContent = text
  return element
}
