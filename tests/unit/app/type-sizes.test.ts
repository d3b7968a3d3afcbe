import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

/** A class of Tailwind's with a size of its own, a declaration, a style. What is drawn on a canvas takes its size from elsewhere. */
const IN_PIXELS =
  /\btext-\[[\d.]+px\]|font-size:\s*[\d.]+px|font:\s*[^;\n]*\d+px|fontSize:\s*('[\d.]+px'|\d)/g
const root = join(import.meta.dirname, '../../../app')

it('[UI5] P7: no page sets a size of type in pixels', () => {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(tsx|css)$/.test(name),
  )
  expect(files.length).toBeGreaterThan(100)
  const found = files.flatMap((name) =>
    [...readFileSync(join(root, name), 'utf8').matchAll(IN_PIXELS)].map(([text]) => `app/${name}: ${text}`),
  )
  expect(found).toEqual([])
})
