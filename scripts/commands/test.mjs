import { mkdirSync, rmSync } from 'node:fs'
import { relative } from 'node:path'
import { passSignalsOn, runVisibly } from '../child.mjs'
import { forgetFaultFigures, renderFaultMatrix } from '../fault-matrix.mjs'
import { projectRoot } from '../project-root.mjs'
import { browser } from '../setup/browser.mjs'
import { geckodriver, otherBrowsers } from '../setup/other-browsers.mjs'
import { forProduction, forSources, setUp, setUpBeside, toServe } from '../setup/set-up.mjs'
import { stackServers } from '../setup/stack-servers.mjs'
import { stockClients } from '../setup/stock-clients.mjs'
import {
  add,
  playwrightCounts,
  playwrightDurations,
  playwrightFailures,
  summary,
  vitestCounts,
  vitestDurations,
  vitestFailures,
} from '../test-counts.mjs'

const reports = '.cache/test-reports'
const playwrightReport = `${projectRoot}${reports}/playwright.json`
const SLOWEST = 5

const vitest = (title, ...projects) => {
  const report = `${reports}/${projects[0]}.json`
  return {
    title,
    counts: (code) => vitestCounts(projectRoot + report, code),
    durations: () => vitestDurations(projectRoot + report),
    failures: () => vitestFailures(projectRoot + report),
    args: [
      'node_modules/vitest/vitest.mjs',
      'run',
      ...projects.flatMap((project) => ['--project', project]),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      // The file that is asked for may be of another step; that all of them ran nothing is noticed at the end.
      '--passWithNoTests',
    ],
  }
}

const playwright = {
  title: 'The pages in a browser',
  missing: browser.missing,
  counts: (code) => playwrightCounts(playwrightReport, code),
  durations: () => playwrightDurations(playwrightReport),
  failures: () => playwrightFailures(playwrightReport),
  args: ['node_modules/@playwright/test/cli.js', 'test', '--pass-with-no-tests'],
}

/** What repeats another test at another pace is left to `npm run test:e2e`. */
const playwrightOnce = { ...playwright, args: [...playwright.args, '--grep-invert', '@again'] }

/** One browser test is enough to see that the page does not care whose log it is. */
const playwrightOnApacheKafka = {
  ...playwright,
  title: 'A page on Apache Kafka',
  args: [...playwright.args, '--workers=1', '--grep', 'E2E1'],
  env: { TEST_ON_APACHE_KAFKA: '1' },
}

/** The way of a location once more in the browser, through the gateway, from outside and inside. */
const playwrightOnStack = {
  ...playwright,
  title: 'The pages through the gateway',
  // Each worker would start the whole stack.
  args: [...playwright.args, '--workers=1', '--grep', '(E2E(1|2|5)|JOUR7)\\]'],
  env: { TEST_ON_STACK: '1' },
}

const unit = vitest('Rules and functions', 'unit')
// In one run: each waits for other things than the processor.
const integration = vitest(
  'The embedded broker; the app, its log and its database',
  'integration',
  'broker',
  'semantics',
)

const suites = {
  unit: { needs: forSources, steps: [unit] },
  integration: { needs: forProduction, steps: [integration] },
  kafka: {
    needs: [...forProduction, browser],
    steps: [
      vitest('The app on Apache Kafka', 'apache-kafka'),
      vitest('Apache Kafka beside the embedded broker', 'semantics-apache-kafka', 'kafka-differential'),
      playwrightOnApacheKafka,
    ],
  },
  clients: { needs: [...forSources, stockClients], steps: [vitest('Clients of others', 'clients')] },
  browsers: {
    needs: [...forProduction, otherBrowsers, geckodriver],
    steps: [vitest('Firefox and WebKit', 'browsers')],
  },
  kills: { needs: forProduction, steps: [vitest('Kills', 'kills')] },
  faults: {
    needs: forProduction,
    // On servers every row takes twice as long.
    steps: [
      vitest('Faults', 'faults'),
      ...(process.env.FAULTS_EMBEDDED_ONLY ? [] : [vitest('Faults on servers', 'faults-on-servers')]),
    ],
    before: forgetFaultFigures,
    after: renderFaultMatrix,
  },
  stack: {
    needs: [...forProduction, browser, stackServers],
    steps: [vitest('The stack', 'stack'), playwrightOnStack],
  },
  soak: { needs: forProduction, steps: [vitest('Soak', 'soak')] },
  e2e: { needs: [...forProduction, browser], steps: [playwright] },
  // Rules and functions need nothing that is built, and the build keeps one of two cores.
  all: { needs: [...forSources, browser], beside: toServe, steps: [unit, integration, playwrightOnce] },
}

/** `test [unit|integration|e2e|…] [arguments for each step's runner]`; the last line sums up all that ran. */
export default async function test([name, ...rest]) {
  const startedMs = performance.now()
  const suite = suites[name] ?? suites.all
  const extra = suites[name] ? rest : []
  await setUp(suite.needs)
  passSignalsOn()
  const missing = suite.needs.map((need) => need.missing?.()).filter(Boolean)
  const warn = () => {
    for (const words of missing) console.warn(`\nSKIPPED, what needs it. ${words}`)
  }
  warn()
  suite.before?.()
  rmSync(projectRoot + reports, { recursive: true, force: true })
  mkdirSync(projectRoot + reports, { recursive: true })

  let counts = { passed: 0, failed: 0, skipped: 0 }
  let exitCode = 0
  const durations = []
  const failures = []
  for (const [index, step] of suite.steps.entries()) {
    const label = `[${index + 1}/${suite.steps.length}] ${step.title}`
    if (step.missing?.()) {
      console.log(`\n${label}: skipped`)
      continue
    }
    console.log(`\n${label} …`)
    const stepStartedMs = performance.now()
    const run = () => runVisibly(process.execPath, [...step.args, ...extra], step.env)
    const code = await (index === 0 ? setUpBeside(suite.beside ?? [], run) : run())
    const stepCounts = step.counts(code)
    console.log(`${label}: ${summary(stepCounts)} (${since(stepStartedMs)}, ${since(startedMs)} in all)`)
    durations.push(...step.durations())
    failures.push(...step.failures())
    counts = add(counts, stepCounts)
    if (code !== 0) exitCode = 1
  }
  suite.after?.()
  if (suite.steps.length > 1) printSlowest(durations)
  warn()
  // Once more at the end: a log that is cut keeps its last lines.
  for (const failure of failures) console.log(`\nfailed: ${failure}`)
  console.log(`\n${summary(counts)}`)
  const ran = counts.passed + counts.failed
  // A whole suite may be of what this machine cannot have, and has said so; a filter that leaves nothing is a mistake.
  const nothingRan = ran === 0 && (counts.skipped === 0 || extra.length > 0)
  process.exitCode = counts.failed > 0 || nothingRan ? 1 : exitCode
}

function printSlowest(durations) {
  console.log('\nThe slowest files:')
  for (const { file, ms } of durations.toSorted((a, b) => b.ms - a.ms).slice(0, SLOWEST))
    console.log(`${(ms / 1_000).toFixed(0).padStart(5)} s  ${relative(projectRoot, file)}`)
}

function since(startedMs) {
  const seconds = Math.round((performance.now() - startedMs) / 1_000)
  const minutes = Math.floor(seconds / 60)
  return minutes === 0 ? `${seconds} s` : `${minutes} min ${seconds % 60} s`
}
