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
