import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')

function testFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(test|spec)\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}

const RULE = /\[([A-Z][A-Z0-9]*?\d+)\]/g
const quoted = new Set(
  ['tests', 'packages']
    .flatMap((folder) => testFiles(join(root, folder)))
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(RULE)].map(([, rule]) => rule)),
)
const listed = [
  ...readFileSync(join(root, 'docs/SPEC.md'), 'utf8').matchAll(/^\| ([A-Z][A-Z0-9]*\d+) \|/gm),
].map(([, rule]) => rule)

it('[SPEC1] every rule that a test quotes is written down', () => {
  expect([...quoted].filter((rule) => !listed.includes(rule)).sort()).toEqual([])
})

it('[SPEC1] every rule that is written down is quoted by a test, and written once', () => {
  expect(listed.filter((rule) => !quoted.has(rule))).toEqual([])
  expect(listed.filter((rule, index) => listed.indexOf(rule) !== index)).toEqual([])
})

it('[SPEC3] the numbers of a section stand in order, and the index names its letters', () => {
  const page = readFileSync(join(root, 'docs/SPEC.md'), 'utf8')
  const [index = '', ...sections] = page.split(/^##+ /m).slice(1)
  for (const section of sections) {
    const [title = ''] = section.split('\n', 1)
    const rules = [...section.matchAll(/^\| ([A-Z][A-Z0-9]*?)(\d+) \|/gm)]
    const letters = [...new Set(rules.map(([, word = '']) => word))]
    if (letters.length > 0) expect(index, title).toContain(`| ${letters.join(', ')} |`)
    for (const word of letters) {
      const numbers = rules.filter(([, each]) => each === word).map(([, , number]) => Number(number))
      expect(numbers, title).toEqual(numbers.toSorted((a, b) => a - b))
    }
  }
})
