import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')

it('[SPEC2] the fault matrix has the rows that there are tests for, under the same names', () => {
  const folder = join(root, 'tests/faults')
  const tests = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(/'\[(FAULT\d+)\] ([^']+)'/g)])
    .map(([, rule, fault]) => `${rule} ${fault}`)
  const page = readFileSync(join(root, 'docs/fault-matrix.md'), 'utf8')
  const [everyRow = ''] = page.split('\n## On Apache Kafka')
  const rows = [...everyRow.matchAll(/^\| (FAULT\d+) \| ([^|]+?) \|/gm)].map(
    ([, rule, fault]) => `${rule} ${fault}`,
  )
  expect(rows.sort()).toEqual(tests.sort())
})
