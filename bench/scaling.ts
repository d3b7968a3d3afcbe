import { readFileSync, writeFileSync } from 'node:fs'
import { runTeardowns } from '../tests/support/at-end.ts'
import { renderComputed } from './scaling/computed-tables.ts'
import { measure } from './scaling/measure.ts'
import { readMeasured, renderMeasured } from './scaling/measured-tables.ts'
import { withTables } from './scaling/page.ts'
import { readCounts } from './support/counts.ts'

/**
 * What one instance costs, measured, and what follows from it: docs/scaling.md, which `UPDATE_SCALING=1` writes anew.
 * `npm run bench -- scaling [--rounds 3]`
 */
const PAGE = new URL('../docs/scaling.md', import.meta.url)
const RATES = [100, 400, 800]
const { rounds } = readCounts({ rounds: 3 })

try {
  const measured = await measure(rounds, RATES)
  const table = renderMeasured(measured)
  const { figures, delays } = readMeasured(table)
  for (const [name, text] of Object.entries({ measured: table, ...renderComputed(figures, delays) }))
    console.log(`\n${name}\n\n${text}`)
  if (process.env.UPDATE_SCALING) writeFileSync(PAGE, withTables(readFileSync(PAGE, 'utf8'), table))
} finally {
  await runTeardowns()
}
