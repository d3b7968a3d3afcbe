import { existsSync, readFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'

/** Counts of a Vitest JSON report. A file that could not even be loaded has no tests in it and counts as one failure. */
export function vitestCounts(path, exitCode) {
  if (!existsSync(path)) return atLeastOneFailure({ passed: 0, failed: 0, skipped: 0 }, exitCode)
  const report = JSON.parse(readFileSync(path, 'utf8'))
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  )
  const counts = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
  return atLeastOneFailure(counts, exitCode)
}

/** Counts of a Playwright JSON report. One that passed at a second try is failed here: it is not to be trusted. */
export function playwrightCounts(path, exitCode) {
  if (!existsSync(path)) return atLeastOneFailure({ passed: 0, failed: 0, skipped: 0 }, exitCode)
  const { stats } = JSON.parse(readFileSync(path, 'utf8'))
  const counts = { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped }
  return atLeastOneFailure(counts, exitCode)
}

/** A runner may fail without a failing test: an unhandled error, a hook, no test found. */
function atLeastOneFailure(counts, exitCode) {
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

export function add(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }
}

export function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

/** How long each file of a Vitest JSON report ran, in milliseconds. */
export function vitestDurations(path) {
  if (!existsSync(path)) return []
  return JSON.parse(readFileSync(path, 'utf8')).testResults.map(({ name, startTime, endTime }) => ({
    file: name,
    ms: endTime - startTime,
  }))
}

/** The same of a Playwright JSON report, where the tests of one file may have run side by side: the sum of them. */
export function playwrightDurations(path) {
  if (!existsSync(path)) return []
  const { config, suites } = JSON.parse(readFileSync(path, 'utf8'))
  const ms = ({ specs = [], suites = [] }) =>
    specs
      .flatMap(({ tests }) => tests.flatMap(({ results }) => results))
      .reduce((sum, { duration }) => sum + duration, 0) + suites.reduce((sum, suite) => sum + ms(suite), 0)
  return suites.map((suite) => ({ file: `${config.rootDir}/${suite.file}`, ms: ms(suite) }))
}

const firstLine = (text = '') => stripVTControlCharacters(text).split('\n', 1)[0]

/** What failed by a Vitest JSON report, a line each: the test, and how its first message begins. */
export function vitestFailures(path) {
  if (!existsSync(path)) return []
  return JSON.parse(readFileSync(path, 'utf8')).testResults.flatMap(
    ({ name, status, message, assertionResults }) =>
      status === 'failed' && assertionResults.length === 0
        ? [`${name}: ${firstLine(message)}`]
        : assertionResults
            .filter((test) => test.status === 'failed')
            .map((test) => `${test.fullName}: ${firstLine(test.failureMessages[0])}`),
  )
}

/** The same of a Playwright JSON report. */
export function playwrightFailures(path) {
  if (!existsSync(path)) return []
  const { suites } = JSON.parse(readFileSync(path, 'utf8'))
  const failures = ({ specs = [], suites = [] }) => [
    ...specs
      .filter(({ tests }) => tests.some(({ status }) => status === 'unexpected' || status === 'flaky'))
      .map(({ title, file, tests }) => {
        const failed = tests.flatMap(({ results }) => results).find(({ error }) => error)
        return `${file}: ${title}: ${firstLine(failed?.error.message)}`
      }),
    ...suites.flatMap(failures),
  ]
  return suites.flatMap(failures)
}
