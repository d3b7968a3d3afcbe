import { runTeardowns } from '../tests/support/at-end.ts'
import { apacheKafka, type BenchBroker, embeddedBroker } from './log/brokers.ts'
import { clientOf, latency, MESSAGE_BYTES, throughput } from './log/measure.ts'
import { readCounts } from './support/counts.ts'
import { memoryOf } from './support/memory.ts'
import { median } from './support/percentile.ts'
import { table } from './support/table.ts'

/**
 * The embedded broker beside Apache Kafka, in one run, in turns: this machine's speed drifts, so ratios count and not
 * figures. `npm run bench -- log [--messages 100000] [--rounds 3]`
 */
const { messages, rounds } = readCounts({ messages: 100_000, rounds: 3 })

type Figures = { produceMs: number[]; consumeMs: number[]; p50Ms: number[]; p99Ms: number[] }

try {
  const apache = await apacheKafka()
  const brokers = [await embeddedBroker(), ...(apache ? [apache] : [])]
  const figures = new Map(
    brokers.map((broker) => [broker, { produceMs: [], consumeMs: [], p50Ms: [], p99Ms: [] } as Figures]),
  )
  for (const broker of brokers) await throughput(clientOf(broker.address), Math.ceil(messages / 5))
  for (let round = 1; round <= rounds; round += 1) {
    for (const broker of brokers) await measure(broker, figures.get(broker) as Figures, round)
  }
  report(brokers, figures)
  for (const broker of brokers) await broker.stop()
} finally {
  await runTeardowns()
}

async function measure(broker: BenchBroker, figures: Figures, round: number): Promise<void> {
  const kafka = clientOf(broker.address)
  const { produceMs, consumeMs } = await throughput(kafka, messages)
  const { p50Ms, p99Ms } = await latency(kafka, { count: 1_000, everyMs: 5 })
  figures.produceMs.push(produceMs)
  figures.consumeMs.push(consumeMs)
  figures.p50Ms.push(p50Ms)
  figures.p99Ms.push(p99Ms)
  console.log(
    `round ${round}  ${broker.name.padEnd(12)}  in ${produceMs.toFixed(0)} ms  out ${consumeMs.toFixed(0)} ms  p50 ${p50Ms.toFixed(1)} ms  p99 ${p99Ms.toFixed(1)} ms`,
  )
}

function report(brokers: BenchBroker[], figures: Map<BenchBroker, Figures>): void {
  const rows = brokers.map((broker) => {
    const { produceMs, consumeMs, p50Ms, p99Ms } = figures.get(broker) as Figures
    const { rssMb, peakMb } = memoryOf(broker.pid)
    return {
      name: broker.name,
      inAndOutMs: median(produceMs) + median(consumeMs),
      p99Ms: median(p99Ms),
      cells: [
        broker.name,
        ...[messages / (median(produceMs) / 1_000), messages / (median(consumeMs) / 1_000)].map((rate) =>
          rate.toFixed(0),
        ),
        ...[median(p50Ms), median(p99Ms)].map((ms) => ms.toFixed(2)),
        ...[rssMb, peakMb].map((mb) => mb.toFixed(0)),
      ],
    }
  })
  console.log(
    `\n${messages} messages of ${MESSAGE_BYTES} B, medians of ${rounds} rounds, kafkajs, acks=all\n`,
  )
  console.log(
    table(
      ['broker', 'in/s', 'out/s', 'p50 ms', 'p99 ms', 'RSS MB', 'peak MB'],
      rows.map(({ cells }) => cells),
    ),
  )
  const [embedded, apache] = rows
  const inAndOut = ratio(embedded?.inAndOutMs, apache?.inAndOutMs)
  const p99 = ratio(embedded?.p99Ms, apache?.p99Ms)
  console.log(`\nembedded / Apache Kafka: time in and out ${inAndOut}, p99 ${p99}`)
}

function ratio(a: number | undefined, b: number | undefined): string {
  return a === undefined || b === undefined ? 'unknown, Apache Kafka was not to be had' : (a / b).toFixed(2)
}
