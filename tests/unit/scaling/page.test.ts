import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { withTables } from '../../../bench/scaling/page.ts'

const page = readFileSync(join(import.meta.dirname, '../../../docs/scaling.md'), 'utf8')

it('[SCALE3] the tables of docs/scaling.md are what the model gives for the figures measured there', () => {
  expect(withTables(page)).toBe(page)
})

it('[SCALE3] another figure gives other tables, and one that is missing is named', () => {
  const dearer = page.replace(/(an event read, nobody in its room \| )[\d.]+/, '$1999')
  expect(withTables(dearer)).not.toBe(dearer)
  expect(() => withTables(page.replace('an event read, nobody', 'an event, nobody'))).toThrow(
    'nobody in its room',
  )
})
