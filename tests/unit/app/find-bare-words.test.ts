import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findBareWords } from './find-bare-words.ts'

/** Props that hold elements and no words. */
const ELEMENTS = new Map([
  ['app/_dispatch/screen/top-bar.tsx', 'children'],
  ['app/_docs/docs-page.tsx', 'children'],
  ['app/_docs/entry.tsx', 'children'],
  ['app/_map/map-frame.tsx', 'children'],
  ['app/_ui/dialog.tsx', 'children'],
])
const root = join(import.meta.dirname, '../../..')
const found = (jsx: string) => findBareWords('a.tsx', `const a = ${jsx}`).length

describe('words that a page translator can take over', () => {
  it.each([
    ['words beside an element', '<p><Icon /> Pause</p>', 1],
    ['words in two pieces', '<p>{count} positions</p>', 2],
    ['a variable beside an element', '<p><Icon />{label}</p>', 1],
    ['words or nothing beside an element', `<p><b>1</b>{open ? 'open' : null}</p>`, 1],
    ['a blank between two elements', `<p><b>1</b>{' '}<b>2</b></p>`, 1],
    ['words in a fragment', '<>Words</>', 1],
    ['a list of words', '<p><b>1</b>{list.map((line) => line.words)}</p>', 1],
    ['words of their own', '<p><Icon /><span>Pause</span></p>', 0],
    ['one string', '<p>{`count: ` + count}</p>', 0],
    ['elements that come and go', '<p>{open && <b>1</b>}{list.map((line) => <b>{line}</b>)}</p>', 0],
    ['words and nothing else', '<p>{open ? words : null}</p>', 0],
  ])('R19: %s', (_, jsx, count) => expect(found(jsx)).toBe(count))

  it('[UI1] R19: all words of all pages are the only child of an element', () => {
    const files = readdirSync(join(root, 'app'), { recursive: true, encoding: 'utf8' })
    const pages = files.filter((name) => name.endsWith('.tsx')).map((name) => `app/${name}`)
    expect(pages.length).toBeGreaterThan(50)
    const bare = pages.flatMap((path) =>
      findBareWords(path, readFileSync(join(root, path), 'utf8'), ELEMENTS.get(path)),
    )
    expect(bare).toEqual([])
  })
})
