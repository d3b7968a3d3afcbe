import { readFileSync, writeFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { TAKES_PICTURES } from './screenshot.ts'

const PAGE = 'docs/walk-through.md'
/** Its headings. */
const LANGUAGES = { en: 'English', ko: '한국어' }
/** A line of its tables. */
type Row = { what: string; title: string; said: readonly string[] }

/** What a screen reader says by itself from now on: each new text of a live region. */
export async function listenTo(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const heard: string[] = []
    Object.assign(window, { heard })
    const said = new WeakMap<Element, string>()
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const element = target instanceof Element ? target : target.parentElement
        const region = element?.closest('[role=status], [role=alert], [aria-live]')
        const words = region?.textContent?.trim() ?? ''
        if (!region || words === '' || said.get(region) === words) continue
        said.set(region, words)
        heard.push(words)
      }
    }).observe(document, { subtree: true, childList: true, characterData: true })
  })
  return () => page.evaluate(() => (window as unknown as { heard: string[] }).heard.splice(0))
}

/** Numbers are of one ride: without them two rides say the same. How long it still takes is one of them. */
function fixedWords(text: string): string {
  return text
    .replaceAll(/\d+([:.,]\d+)*/g, '#')
    .replaceAll(/ [ap]m\b|오[전후] /g, '')
    .replaceAll(/in # to # min|within # min|in # min|any moment now/g, '…')
    .replaceAll(/#분에서 #분 후|#분 안에|#분 후|곧 도착해요/g, '…')
    .replaceAll(/# (to|–) #|#에서 # 사이|# ?~ ?#/g, '#')
    .replaceAll(/just now|# s ago|방금 전|#초 전/g, '#')
    .replaceAll(/# k?m\b|#k?m/g, '# m')
}

/** The table of one language in the documentation; written anew when pictures are, else read. */
export function recordedTable(
  language: keyof typeof LANGUAGES,
  rows: readonly Row[],
): { recorded: string[]; now: string[] } {
  const lines = rows.map(({ what, title, said }) => `| ${[what, title, said.join('<br>')].join(' | ')} |`)
  const sections = readFileSync(PAGE, 'utf8').trimEnd().split('\n\n## ')
  const at = sections.findIndex((section) => section.startsWith(LANGUAGES[language]))
  const [heading = '', empty = '', names = '', rule = '', ...recorded] = sections[at]?.split('\n') ?? []
  if (TAKES_PICTURES) {
    sections[at] = [heading, empty, names, rule, ...lines].join('\n')
    writeFileSync(PAGE, `${sections.join('\n\n## ')}\n`)
    return { recorded: lines, now: lines }
  }
  return { recorded: recorded.map(fixedWords), now: lines.map(fixedWords) }
}
