import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { projectRoot } from './project-root.mjs'

/** Where each row of tests/faults leaves its figures: a folder per stack, a file per row. */
const folder = `${projectRoot}.cache/fault-matrix/`
const page = 'docs/fault-matrix.md'

const STACKS = [
  {
    name: 'embedded',
    title: 'On the embedded broker and the embedded PostgreSQL',
    about:
      'Every row. Those that need several instances, or a database behind a proxy, share one PostgreSQL beside them.',
  },
  {
    name: 'servers',
    title: 'On Apache Kafka and PostgreSQL',
    about: 'The rows that concern the log and the database.',
  },
]

const HEAD = `# What breaks, and what holds all the same

Made by \`npm run test:faults\`: each row is a test in \`tests/faults\`, which fails unless its promise holds. The figures are
those of one run for each row, on a busy machine with two cores; \`UPDATE_FAULT_MATRIX=1\` writes them here anew.

*Acknowledged* are points answered with 202; *stored* those of them that the history has afterwards; *delivered* those that
customers hold afterwards, pushed or fetched, summed over all customers; *lost* what is missing of either; *duplicated* what
is stored twice, or pushed twice over one connection. *Recovered* is the time from the end of the fault until every rider is
acknowledged again and every customer has a point that was made since.
`

export function forgetFaultFigures() {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
}

/** The page for the rows that have passed; written over the one in docs only when asked to. */
export function renderFaultMatrix() {
  const text = [
    HEAD,
    ...STACKS.flatMap(({ name, title, about }) => section(title, about, rowsOf(name))),
  ].join('\n')
  const path = process.env.UPDATE_FAULT_MATRIX ? projectRoot + page : `${folder}table.md`
  writeFileSync(path, text)
  console.log(`\nThe figures of this run: ${path.slice(projectRoot.length)}`)
}

function section(title, about, rows) {
  if (rows.length === 0) return []
  return [
    `## ${title}\n\n${about}\n`,
    '| | what breaks | how | what holds | acknowledged | stored | delivered | lost | duplicated | recovered | seen |',
    '|---|---|---|---|--:|--:|--:|--:|--:|--:|---|',
    ...rows.map(line),
    '',
  ]
}

function rowsOf(stack) {
  const path = `${folder}${stack}`
  if (!existsSync(path)) return []
  const rows = readdirSync(path).map((file) => JSON.parse(readFileSync(`${path}/${file}`, 'utf8')))
  return rows.sort((a, b) => Number(a.rule.slice(5)) - Number(b.rule.slice(5)))
}

function line({ rule, fault, promise, injected, figures }) {
  const count = (value) => (value === undefined ? '' : value.toLocaleString('en'))
  const recovered =
    figures.recoveredInMs === undefined ? '' : `${(figures.recoveredInMs / 1_000).toFixed(1)} s`
  const { acknowledged, stored, delivered, lost, duplicated } = figures
  const counts = [acknowledged, stored, delivered, lost, duplicated].map(count)
  const cells = [rule, fault, injected, promise, ...counts, recovered, figures.seen ?? '']
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}
