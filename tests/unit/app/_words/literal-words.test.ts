import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findLiteralWords } from './find-literal-words.ts'

const root = join(import.meta.dirname, '../../../..')
const found = (code: string) => findLiteralWords('a.tsx', code).length

describe('words outside the tables', () => {
  it.each([
    ['text of an element', 'const a = <p>Pause</p>', 1],
    ['text that is chosen', `const a = <p>{open ? 'Open' : say(w)}</p>`, 1],
    ['text with a value in it', 'const a = <p>{n + " positions"}</p>', 1],
    ['what is read out', '<p aria-label="Pause" />', 1],
    ['what is chosen to be read out', `<p aria-label={open ? 'Open' : label} />`, 1],
    ['a sentence that a function returns', `const f = () => 'The server is away.'`, 1],
    ['a language told apart by hand', `const f = language === 'ko' ? a : b`, 1],
    ['a text that is put together', 'const w = { en: `in $' + '{n} s`, ko: `$' + '{n}초` }', 2],
    ['a table', `const w = { go: { en: 'Go on now', ko: '계속하기' } }`, 0],
    ['words that are said', '<p aria-label={say(w.a)}>{say(w.b)}</p>', 0],
    [
      'classes, keys and addresses',
      `<a href="/docs" className="flex gap-2" data-testid="two words" key="a" />`,
      0,
    ],
    ['names and terms', '<a title="OpenAPI 3.1">Rider Live</a>', 0],
    ['what is for engineers', `throw new Error('The answer was cut off'); console.warn('It was cut off')`, 0],
  ])('[WORD6] %s', (_, code, count) => expect(found(code)).toBe(count))

  it('[WORD6] all words of the pages stand in tables of both languages', () => {
    const files = readdirSync(join(root, 'app'), { recursive: true, encoding: 'utf8' })
    const sources = files
      .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('_words'))
      .map((name) => `app/${name}`)
    expect(sources.length).toBeGreaterThan(200)
    expect(sources.flatMap((path) => findLiteralWords(path, readFileSync(join(root, path), 'utf8')))).toEqual(
      [],
    )
  })
})
