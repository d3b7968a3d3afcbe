import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createMetrics } from '#server/metrics.ts'

const root = join(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
/** Whatever looks like one of the product's, or Node's, own. */
const NAME = /\b(?:rider_live|nodejs|process)_[a-z0-9_]+/g
const PARTS = /_(bucket|count|sum)$/

it('[STACK5] the dashboard and the operators’ page name metrics that there are', async () => {
  const metrics = createMetrics('one')
  metrics.watchLag(async () => [])
  const names = (await metrics.registry.getMetricsAsJSON()).map(({ name }) => name)
  for (const path of ['deploy/grafana/dashboards/rider-live.json', 'docs/operations.md']) {
    const used = [...new Set(read(path).match(NAME))].map((name) => name.replace(PARTS, ''))
    expect(used.length).toBeGreaterThan(5)
    expect(used.filter((name) => !names.includes(name))).toEqual([])
  }
})
