import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { median } from './percentile.ts'
import { table } from './table.ts'

/** What is looked at in the end. `ours` and `floor` name series of samples, one sample a round. */
export type Line = {
  what: string
  unit: string
  ours: string
  /** Compared with this, round by round; without it the figure itself is. */
  floor?: string
  /** Of the ratio where there is a floor, else of the figure. Without a limit it is only told. */
  most?: number
  least?: number
}
export type Judged = Line & { value: number; floorValue?: number; ratio?: number; holds: boolean | null }

const FOLDER = new URL('../../.cache/bench/', import.meta.url)

/** The figures of one bench: noted by round, judged by their medians. */
export function createResults(name: string) {
  const series = new Map<string, number[]>()
  const of = (key: string) => series.get(key) ?? []

  function judge(line: Line): Judged {
    const value = median(of(line.ours))
    if (line.floor === undefined) return { ...line, value, holds: holds(line, value) }
    const floors = of(line.floor)
    const ratio = median(of(line.ours).map((each, round) => each / (floors[round] ?? Number.NaN)))
    return { ...line, value, floorValue: median(floors), ratio, holds: holds(line, ratio) }
  }

  return {
    note(key: string, value: number): void {
      series.set(key, [...of(key), value])
    },
    has: (key: string) => series.has(key),
    last: (key: string) => of(key).at(-1) ?? Number.NaN,
    /** Prints the table and keeps all of it in .cache/bench/NAME.json. */
    report(lines: readonly Line[], remarks: readonly string[] = []): void {
      const judged = lines.filter(({ ours }) => series.has(ours)).map(judge)
      const header = ['', 'figure', 'floor', 'ratio', 'limit', '']
      console.log(`\n${table(header, judged.map(toRow))}`)
      const missed = judged.filter((line) => line.holds === false)
      const limits = judged.filter((line) => line.holds !== null)
      console.log(`\n${limits.length - missed.length} of ${limits.length} limits hold.`)
      for (const remark of remarks) console.log(remark)
      const machine = { node: process.version, cores: availableParallelism(), cpu: cpus()[0]?.model.trim() }
      const path = fileURLToPath(new URL(`${name}.json`, FOLDER))
      mkdirSync(FOLDER, { recursive: true })
      const all = { bench: name, takenAt: new Date().toISOString(), machine, lines: judged, remarks }
      writeFileSync(path, JSON.stringify({ ...all, series: Object.fromEntries(series) }, null, 2))
      console.log(`Kept in ${path}`)
    },
  }
}
export type Results = ReturnType<typeof createResults>

function holds({ most, least }: Line, value: number): boolean | null {
  if (most === undefined && least === undefined) return null
  return value <= (most ?? Infinity) && value >= (least ?? -Infinity)
}

function toRow({ what, unit, value, floorValue, ratio, most, least, holds: fine }: Judged): string[] {
  const suffix = ratio === undefined ? ` ${unit}` : ' ×'
  const limit = most !== undefined ? `≤ ${most}${suffix}` : least !== undefined ? `≥ ${least}${suffix}` : ''
  return [
    what,
    `${figure(value)} ${unit}`,
    floorValue === undefined ? '' : `${figure(floorValue)} ${unit}`,
    ratio === undefined ? '' : `${ratio.toFixed(2)} ×`,
    limit,
    fine === null ? '' : fine ? 'holds' : 'falls short',
  ]
}

/** Three digits, and all of those before the point. */
const figure = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)))
