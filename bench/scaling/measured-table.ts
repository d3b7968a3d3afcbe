import { type Kept, toRow } from '../support/results.ts'
import { type Figures, figuresFrom, ROWS } from './figures.ts'
import { markdownTable } from './markdown-table.ts'

const COLUMNS = ['what', 'figure', 'floor', 'ratio']

/** Out of what the benches have kept. @throws Error naming what has to be run first */
export function renderMeasured(kept: Record<keyof typeof ROWS, Kept>): string {
  const rows = Object.entries(ROWS).flatMap(([bench, titles]) =>
    Object.entries(titles).map(([series, title]) => {
      const line = kept[bench as keyof typeof ROWS].lines.find(({ ours }) => ours === series)
      if (!line) throw new Error(`${bench} has not measured "${title}": npm run bench -- ${bench}`)
      return toRow({ ...line, what: title }).slice(0, COLUMNS.length)
    }),
  )
  const { machine, takenAt } = kept.post
  const load = Math.max(...Object.values(kept).map(({ machine }) => machine.load))
  return [
    `${machine.cores} cores of ${machine.cpu}, Node ${machine.node}, ${takenAt.slice(0, 10)}; other work kept ${load.toFixed(1)} processes waiting or running.`,
    '',
    markdownTable(COLUMNS, rows),
  ].join('\n')
}

/** @throws Error naming the first row that is missing or has no figure */
export function readMeasured(text: string): Figures {
  const rows = text.split('\n').map((line) => line.split('|').map((cell) => cell.trim()))
  return figuresFrom((row) => {
    const value = Number.parseFloat(rows.find((cells) => cells[1] === row)?.[2] ?? '')
    if (Number.isNaN(value)) throw new Error(`no figure for "${row}"`)
    return value
  })
}
