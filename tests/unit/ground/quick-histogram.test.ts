import fc from 'fast-check'
import { Histogram, Registry } from 'prom-client'
import { expect, it } from 'vitest'
import { QuickHistogram } from '#server/ground/quick-histogram.ts'

const options = { name: 'took_seconds', help: 'How long it took.', labelNames: ['kind', 'status'] as const }
const buckets = [0.001, 0.01, 0.5, 1, 10]

/** What a scrape reads: each line as its name, its labels in order, and its value. */
async function linesOf(registry: Registry): Promise<string[]> {
  const text = await registry.metrics()
  const inOrder = (line: string) =>
    line.replace(/\{(.*)\}/, (_, labels: string) => `{${labels.split(',').sort().join(',')}}`)
  return text.split('\n').map(inOrder).sort()
}

it('[OPS3] a histogram that is observed at every request tells what prom-client would', async () => {
  const observed = fc.record({
    kind: fc.constantFrom('/api', 'page', 'a "b"\\c'),
    status: fc.constantFrom(200, 404, 503),
    value: fc.oneof(fc.constantFrom(0, ...buckets, 11), fc.double({ min: 0, max: 20, noNaN: true })),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(observed, { maxLength: 60 }), async (all) => {
      const [ours, theirs] = [new Registry(), new Registry()]
      for (const registry of [ours, theirs]) registry.setDefaultLabels({ instance_id: 'here' })
      const quick = new QuickHistogram({ ...options, buckets, registers: [ours] })
      const plain = new Histogram({ ...options, buckets, registers: [theirs] })
      for (const { value, ...labels } of all) {
        quick.observe(labels, value)
        plain.observe(labels, value)
      }
      expect(await linesOf(ours)).toEqual(await linesOf(theirs))
    }),
  )
})

it('[OPS3] a histogram without labels tells zeros before its first value, as prom-client does', async () => {
  const [ours, theirs] = [new Registry(), new Registry()]
  const plain = { ...options, buckets, labelNames: [] as const }
  const quick = new QuickHistogram({ ...plain, registers: [ours] })
  const slow = new Histogram({ ...plain, registers: [theirs] })
  expect(await linesOf(ours)).toEqual(await linesOf(theirs))
  quick.observe({}, 0.3)
  slow.observe(0.3)
  expect(await linesOf(ours)).toEqual(await linesOf(theirs))
})
