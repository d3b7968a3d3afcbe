import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import {
  add,
  playwrightCounts,
  playwrightDurations,
  summary,
  vitestCounts,
  vitestDurations,
} from '../../../scripts/test-counts.mjs'
import { tempDir } from '../../support/temp-dir.ts'

const file = (content: unknown) => {
  const path = join(tempDir(), 'report.json')
  writeFileSync(path, JSON.stringify(content))
  return path
}
const vitestReport = {
  numPassedTests: 5,
  numFailedTests: 1,
  numPendingTests: 1,
  numTodoTests: 1,
  testResults: [],
}

it('[SET6] sums both runners into one line', () => {
  const unit = vitestCounts(file(vitestReport), 1)
  const e2e = playwrightCounts(file({ stats: { expected: 3, unexpected: 0, flaky: 1, skipped: 0 } }), 0)
  expect(summary(add(unit, e2e))).toBe('8 passed, 2 failed, 2 skipped')
})

it('[SET6] leaves "skipped" away when nothing was', () => {
  expect(summary({ passed: 2, failed: 0, skipped: 0 })).toBe('2 passed, 0 failed')
})

it('[SET6] counts a file that could not be loaded as a failure', () => {
  const report = {
    ...vitestReport,
    numFailedTests: 0,
    testResults: [{ status: 'failed', assertionResults: [] }],
  }
  expect(vitestCounts(file(report), 1)).toMatchObject({ passed: 5, failed: 1 })
})

it('[SET6] never calls a runner green that exited red', () => {
  expect(vitestCounts(file({ ...vitestReport, numFailedTests: 0 }), 1)).toMatchObject({ failed: 1 })
  expect(playwrightCounts('/no/such/report.json', 1)).toMatchObject({ passed: 0, failed: 1 })
})

it('[SET6] tells how long each file took, by both runners, groups within groups included', () => {
  const testResults = [{ name: '/here/a.test.ts', startTime: 1_000, endTime: 3_500 }]
  expect(vitestDurations(file({ ...vitestReport, testResults }))).toEqual([
    { file: '/here/a.test.ts', ms: 2_500 },
  ])
  const spec = (...ms: number[]) => ({ tests: [{ results: ms.map((duration) => ({ duration })) }] })
  const suites = [{ file: 'b.spec.ts', specs: [spec(100, 20)], suites: [{ specs: [spec(3)], suites: [] }] }]
  expect(playwrightDurations(file({ config: { rootDir: '/e2e' }, suites }))).toEqual([
    { file: '/e2e/b.spec.ts', ms: 123 },
  ])
  expect([...vitestDurations('/no/such.json'), ...playwrightDurations('/no/such.json')]).toEqual([])
})
