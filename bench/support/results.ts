import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'
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

/** What a bench has left in .cache/bench. */
export type Kept = {
  takenAt: string
  /** `load`: the system's load average of the minute before the bench began. */
  machine: { node: string; cores: number; cpu: string | undefined; load: number }
  lines: Judged[]
  remarks: readonly string[]
  series: Record<string, number[]>
}

const FOLDER = new URL('../../.cache/bench/', import.meta.url)

/** By the median of the figures, or of their ratios to the floor in the same round. */
export function judge(line: Line, of: (series: string) => readonly number[]): Judged {
  const value = median(of(line.ours))
  if (line.floor === undefined) return { ...line, value, holds: holds(line, value) }
  const floors = of(line.floor)
  const ratio = median(of(line.ours).map((each, round) => each / (floors[round] ?? Number.NaN)))
  return { ...line, value, floorValue: median(floors), ratio, holds: holds(line, ratio) }
}

/** The figures of one bench: noted by round, judged by their medians. */
export function createResults(name: string, { onto = {} }: { onto?: Record<string, number[]> } = {}) {
  const [load = 0] = loadavg()
  const series = new Map(Object.entries(onto))
  /** What was noted in this run takes the place of what was before. */
  const noted = new Set<string>()
  const of = (key: string) => series.get(key) ?? []

  return {
    note(key: string, value: number): void {
      series.set(key, noted.has(key) ? [...of(key), value] : [value])
      noted.add(key)
    },
    has: (key: string) => series.has(key),
    of,
    last: (key: string) => of(key).at(-1) ?? Number.NaN,
    /** Prints the table and keeps all of it in .cache/bench/NAME.json. */
    report(lines: readonly Line[], remarks: readonly string[] = []): void {
      const judged = lines.filter(({ ours }) => series.has(ours)).map((line) => judge(line, of))
      const header = ['', 'figure', 'floor', 'ratio', 'limit', '']
      console.log(`\n${table(header, judged.map(toRow))}`)
      const missed = judged.filter((line) => line.holds === false)
      const limits = judged.filter((line) => line.holds !== null)
      console.log(
        `\n${limits.length - missed.length} of ${limits.length} limits hold. Load before the run: ${load.toFixed(1)}.`,
      )
      for (const remark of remarks) console.log(remark)
      const machine = {
        node: process.version,
        cores: availableParallelism(),
        cpu: cpus()[0]?.model.trim(),
        load,
      }
      mkdirSync(FOLDER, { recursive: true })
      const takenAt = new Date().toISOString()
      const kept: Kept = { takenAt, machine, lines: judged, remarks, series: Object.fromEntries(series) }
      writeFileSync(pathOf(name), JSON.stringify(kept, null, 2))
      console.log(`Kept in ${pathOf(name)}`)
    },
  }
}
export type Results = ReturnType<typeof createResults>

const pathOf = (name: string) => fileURLToPath(new URL(`${name}.json`, FOLDER))

/** @throws Error where the bench has not been run */
export function readKept(name: string): Kept {
  if (!existsSync(pathOf(name))) throw new Error(`Nothing is kept yet: npm run bench -- ${name}`)
  return JSON.parse(readFileSync(pathOf(name), 'utf8'))
}

/** None where the bench has not been run. */
export const keptSeries = (name: string) => (existsSync(pathOf(name)) ? readKept(name).series : {})

function holds({ most, least }: Line, value: number): boolean | null {
  if (most === undefined && least === undefined) return null
  return value <= (most ?? Infinity) && value >= (least ?? -Infinity)
}

export function toRow({ what, unit, value, floorValue, ratio, most, least, holds: fine }: Judged): string[] {
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
