import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'vitest'
import { z } from 'zod'
import { startTraffic } from '../faults/support/traffic.ts'
import { createApi, fixAt } from '../support/api.ts'
import { pollUntil } from '../support/poll-until.ts'
import { startPrometheus, whyNoPrometheus } from './support/prometheus.ts'
import { startStack } from './support/stack.ts'

const DASHBOARD = join(import.meta.dirname, '../../deploy/grafana/dashboards/rider-live.json')
const dashboardSchema = z.object({
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })) })),
})
/** Rates need two looks, 5 s apart. */
const FIGURES_WITHIN_MS = 120_000

test('[STACK10] Prometheus reads both instances, and every expression of the dashboard has figures', async (context) => {
  const noPrometheus = whyNoPrometheus()
  if (noPrometheus) {
    console.warn(`\n*** The dashboard's test is SKIPPED: ${noPrometheus} ***\n`)
    return context.skip(noPrometheus)
  }
  const { gateway, instances } = await startStack(context)
  const prometheus = await startPrometheus(instances.map(({ port }) => `127.0.0.1:${port}`))
  const traffic = await startTraffic({ urls: () => [gateway.url], rides: 4 })
  // Two devices on one delivery: what is dead-lettered has a panel too.
  const api = createApi(gateway.url)
  const created = await api.createPickedUp()
  for (const accuracyM of [1, 2]) await api.postLocations(created, [fixAt(created, 1, { accuracyM })])

  const { panels } = dashboardSchema.parse(JSON.parse(readFileSync(DASHBOARD, 'utf8')))
  const expressions = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))
  const everyOneAnswers = async () => {
    const answers = await Promise.all(expressions.map(prometheus.ask))
    const silent = expressions.filter((_, index) => !answers[index]?.some(Number.isFinite))
    if (silent.length > 0) throw new Error(`No figures for:\n${silent.join('\n')}`)
    return true
  }
  await pollUntil(everyOneAnswers, { withinMs: FIGURES_WITHIN_MS, what: 'figures for every expression' })
  // A look that a busy machine did not answer in time counts as down until the next one.
  await pollUntil(async () => (await prometheus.ask('up')).join() === '1,1', {
    withinMs: 60_000,
    what: 'both instances up',
  })
  await traffic.settle()
})
