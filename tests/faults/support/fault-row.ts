import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'vitest'
import { stackName } from './stack-name.ts'

/** What a row of the matrix has counted. What does not concern a row is left out. */
export type Figures = {
  /** Points answered with 202. */
  acknowledged?: number
  /** Of those, found in the history afterwards. */
  stored?: number
  /** Of those, held by customers afterwards, summed over all customers. */
  delivered?: number
  /** Acknowledged, but not stored or not held by a customer who should. */
  lost?: number
  /** Stored twice, or pushed twice over one connection. */
  duplicated?: number
  /** From the end of the fault until everybody was served as before. */
  recoveredInMs?: number
  /** What else was seen, in a few words. */
  seen?: string
}

type Row = {
  /** What holds, whatever breaks. */
  promise: string
  /** What was done to break it. */
  injected: string
}

/** Deadlines of the polls within a row add up. */
const WITHIN_MS = 15 * 60_000

/**
 * One row of docs/fault-matrix.md: a test that leaves its figures for the table when it has passed.
 * `name` begins with the rule's number: `[FAULT3] broker slow`.
 */
export function faultRow(
  name: string,
  row: Row,
  run: (context: TestContext) => Promise<Figures>,
  withinMs = WITHIN_MS,
): void {
  const [, rule, fault] = /^\[(FAULT\d+)\] (.+)$/.exec(name) ?? []
  if (!rule || !fault) throw new Error(`Call it "[FAULT1] what breaks", not "${name}"`)
  test(name, { timeout: withinMs }, async (context) => {
    const figures = await run(context)
    const folder = join(import.meta.dirname, '../../../.cache/fault-matrix', stackName())
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, `${rule}.json`), JSON.stringify({ rule, fault, ...row, figures }, null, 2))
    console.log(`${rule} ${fault}: ${JSON.stringify(figures)}`)
  })
}
