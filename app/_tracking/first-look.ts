import { isLanguage, loadWords } from '#app/_words/language.ts'
import { shortName } from '#app/_words/place-name.ts'
import { type Speaker, speak } from '#app/_words/speak.ts'
import type { Snapshot } from '#contracts/snapshot.ts'
import { isEnded, isVisibleToCustomer } from '#domain/lifecycle.ts'
import { arrivalOf, beforePickUpWords, etaWords } from './screen/arrival-words.ts'
import { headline } from './screen/delivery-words.ts'
import { riderFreshness } from './state/rider-freshness.ts'
import type { Live } from './state/tracking-state.ts'

/**
 * Status, range and store before any of the page's own scripts: a small script of its own, which stands in the HTML. The
 * server cannot write them there, because it never sees the token. This asks with the token for what the page's socket
 * would tell, and gives way once the page knows more.
 */
declare global {
  interface Window {
    /** Fills this element, now or when the answer comes. */
    firstLook?: (into: HTMLElement | null) => void
  }
}

/** Where it stands in the page that the server sends. */
const ELEMENT_ID = 'first-look'
type Line = [tag: string, testId: string, className: string, text: string]

const told = tell()
window.firstLook = (into) => {
  void told.then((lines) => into?.replaceChildren(...lines.map(elementOf)))
}
window.firstLook(document.getElementById(ELEMENT_ID))
// Another link in the same tab: what the first one told is of its time.
addEventListener('hashchange', () => delete window.firstLook, { once: true })

async function tell(): Promise<Line[]> {
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

function linesOf(
  { delivery, lastLocation, eta, lastSeq }: Snapshot,
  nowMs: number,
  speaker: Speaker,
): Line[] {
  const trail = lastLocation ? [lastLocation] : []
  const state: Live = {
    ...{ phase: 'live', connection: 'connected', nowMs, delivery, pin: null, shopPhone: null },
    ...{ held: trail, trail, eta, etaSeq: lastSeq, settledSeq: null },
  }
  const lines: Line[] = [
    ['h1', 'first-status', 'text-title leading-tight font-bold', headline(state, speaker).title],
  ]
  if (isEnded(delivery.status)) return lines
  const known = arrivalOf(state)
  const range = isVisibleToCustomer(delivery.status)
    ? known && etaWords(known, nowMs, riderFreshness(state), speaker)
    : beforePickUpWords(delivery, nowMs, speaker)
  if (range)
    lines.push(
      ['p', 'first-range', 'mt-3 text-figure leading-tight font-bold tabular-nums', range.clock],
      ['p', 'first-left', 'text-lead font-medium text-muted tabular-nums', range.left],
    )
  const store = shortName(delivery.store.name, speaker.language)
  return [...lines, ['p', 'first-store', 'mt-3 text-body text-muted', store]]
}

function elementOf([tag, testId, className, text]: Line): HTMLElement {
  const element = document.createElement(tag)
  element.dataset.testid = testId
  element.className = className
  element.textContent = text
  return element
}
