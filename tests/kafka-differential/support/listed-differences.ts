import { readFileSync } from 'node:fs'
import type { Outcome } from './outcome.ts'

const PAGE = new URL('../../../docs/broker-differences.md', import.meta.url)

export type Difference = { step: string; apacheKafka: Outcome; embedded: Outcome }

/** The rows of the page's table: step, what Apache Kafka answers, what the embedded broker answers, the reason. */
export function listedDifferences(): Difference[] {
  return readFileSync(PAGE, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => {
      const [, step = '', apacheKafka = '', embedded = '', reason = ''] = line.split(/(?<!\\)\|/).map(cell)
      if (reason === '') throw new Error(`docs/broker-differences.md gives no reason for "${step}"`)
      return { step, apacheKafka, embedded }
    })
}

/** A row to list a difference with. */
export function rowOf({ step, apacheKafka, embedded }: Difference): string {
  return `| ${[step, apacheKafka, embedded].map((text) => `\`${text.replaceAll('|', '\\|')}\``).join(' | ')} | reason |`
}

function cell(text: string): string {
  return text
    .trim()
    .replace(/^`(.*)`$/, '$1')
    .replaceAll('\\|', '|')
}
