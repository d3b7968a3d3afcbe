import { median } from '../support/percentile.ts'
import { FIGURES, type Figures, figureNames } from './figures.ts'
import { markdownTable } from './markdown-table.ts'
import type { Measured } from './measure.ts'
import type { PushDelay } from './measure-customers.ts'

/** To three figures: so the tables that are computed from the page are those that were computed at the bench. */
const rounded = (value: number) => Number(value.toPrecision(3))

export function renderMeasured({ samples, delays }: Measured): string {
  const medians = new Map(figureNames.map((name) => [name, rounded(median(samples[name] ?? []))]))
  const rows = figureNames.map((name) => {
    const { title, unit, floor } = FIGURES[name]
    const values = (samples[name] ?? []).map(rounded)
    const value = medians.get(name) as number
    return [
      title,
      `${value} ${unit}`,
      values.length > 1 ? `${Math.min(...values)}–${Math.max(...values)}` : 'once',
      floor === null ? '' : `${(value / (medians.get(floor) as number)).toFixed(1)} ×`,
    ]
  })
  const delayRows = delays.map((delay) => [
    `${delay.perSecond} posts/s`,
    ...[delay.p50Ms, delay.p99Ms].map((ms) => `${rounded(ms)} ms`),
    ...[delay.postedCore, delay.watchingCore].map((core) => `${Math.round(100 * core)} %`),
  ])
  return [
    markdownTable(['what', 'median', 'lowest–highest', 'its floor'], rows),
    '',
    markdownTable(
      ['evenly', 'push p50', 'push p99', 'of a core: the one posted to', 'the one with customers'],
      delayRows,
    ),
  ].join('\n')
}

/** @throws Error naming the first row that is missing or has no figure */
export function readMeasured(text: string): {
  figures: Figures
  delays: Pick<PushDelay, 'perSecond' | 'p50Ms' | 'p99Ms'>[]
} {
  const rows = text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split('|').map((cell) => cell.trim()))
  const figures = Object.fromEntries(
    figureNames.map((name) => {
      const value = Number.parseFloat(rows.find((cells) => cells[1] === FIGURES[name].title)?.[2] ?? '')
      if (Number.isNaN(value)) throw new Error(`no figure for "${FIGURES[name].title}"`)
      return [name, value]
    }),
  ) as Figures
  const delays = rows
    .filter((cells) => cells[1]?.endsWith(' posts/s'))
    .map((cells) => {
      const [perSecond = 0, p50Ms = 0, p99Ms = 0] = cells.slice(1).map((cell) => Number.parseFloat(cell))
      return { perSecond, p50Ms, p99Ms }
    })
  return { figures, delays }
}
