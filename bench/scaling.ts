import { readFileSync, writeFileSync } from 'node:fs'
import { renderMeasured } from './scaling/measured-table.ts'
import { withTables } from './scaling/page.ts'
import { readKept } from './support/results.ts'

/**
 * docs/scaling.md out of what `post`, `push`, `storm`, `fleet` and `affine` have measured last; `UPDATE_SCALING=1` writes it.
 * `npm run bench -- scaling`
 */
const PAGE = new URL('../docs/scaling.md', import.meta.url)
const [post, push, storm, fleet, affine] = (['post', 'push', 'storm', 'fleet', 'affine'] as const).map(
  readKept,
) as [
  ReturnType<typeof readKept>,
  ReturnType<typeof readKept>,
  ReturnType<typeof readKept>,
  ReturnType<typeof readKept>,
  ReturnType<typeof readKept>,
]
const page = withTables(readFileSync(PAGE, 'utf8'), renderMeasured({ post, push, storm, fleet, affine }))
if (process.env.UPDATE_SCALING) writeFileSync(PAGE, page)
else console.log(page)
