import { mkdirSync, rmSync } from 'node:fs'
import { passSignalsOn, runVisibly } from '../child.mjs'
import { forgetFaultFigures, renderFaultMatrix } from '../fault-matrix.mjs'
import { projectRoot } from '../project-root.mjs'
import { browser } from '../setup/browser.mjs'
import { forProduction, forSources, setUp } from '../setup/set-up.mjs'
import { stackServers } from '../setup/stack-servers.mjs'
import { stockClients } from '../setup/stock-clients.mjs'
import { add, playwrightCounts, summary, vitestCounts } from '../test-counts.mjs'

const reports = '.cache/test-reports'

const vitest = (...projects) => ({
  counts: (code) => vitestCounts(`${projectRoot}${reports}/vitest.json`, code),
  args: [
    'node_modules/vitest/vitest.mjs',
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reports}/vitest.json`,
  ],
})

const playwright = {
  counts: (code) => playwrightCounts(`${projectRoot}${reports}/playwright.json`, code),
  args: ['node_modules/@playwright/test/cli.js', 'test'],
}

/** One browser test is enough to see that the page does not care whose log it is. */
const playwrightOnApacheKafka = {
  ...playwright,
  args: [...playwright.args, '--grep', 'E2E1'],
  env: { TEST_ON_APACHE_KAFKA: '1' },
}

/** The way of a location once more in the browser, through the gateway, from outside and inside. */
const playwrightOnStack = {
  ...playwright,
  args: [...playwright.args, '--grep', '(E2E(1|2|5)|JOUR7)\\]'],
  env: { TEST_ON_STACK: '1' },
}

const suites = {
  unit: { needs: forSources, runners: [vitest('unit')] },
  integration: {
    needs: forProduction,
    runners: [vitest('broker', 'semantics', 'integration')],
  },
  kafka: {
    needs: [...forProduction, browser],
    runners: [
      vitest('apache-kafka', 'semantics-apache-kafka', 'kafka-differential'),
      playwrightOnApacheKafka,
    ],
  },
  clients: { needs: [...forSources, stockClients], runners: [vitest('clients')] },
  kills: { needs: forProduction, runners: [vitest('kills')] },
  faults: {
    needs: forProduction,
    // On servers every row takes twice as long.
    runners: [process.env.FAULTS_EMBEDDED_ONLY ? vitest('faults') : vitest('faults', 'faults-on-servers')],
    before: forgetFaultFigures,
    after: renderFaultMatrix,
  },
  stack: { needs: [...forProduction, browser, stackServers], runners: [vitest('stack'), playwrightOnStack] },
  soak: { needs: forProduction, runners: [vitest('soak')] },
  e2e: { needs: [...forProduction, browser], runners: [playwright] },
  all: {
    needs: [...forProduction, browser],
    runners: [vitest('unit', 'broker', 'semantics', 'integration'), playwright],
  },
}

/** `test [unit|integration|e2e] [arguments for the one runner]`; the last line sums up all that ran. */
export default async function test([name, ...rest]) {
  const suite = suites[name] ?? suites.all
  const extra = suites[name] ? rest : []
  await setUp(suite.needs)
  passSignalsOn()
  suite.before?.()
  rmSync(projectRoot + reports, { recursive: true, force: true })
  mkdirSync(projectRoot + reports, { recursive: true })

  let counts = { passed: 0, failed: 0, skipped: 0 }
  let exitCode = 0
  for (const runner of suite.runners) {
    const code = await runVisibly(process.execPath, [...runner.args, ...extra], runner.env)
    counts = add(counts, runner.counts(code))
    if (code !== 0) exitCode = 1
  }
  suite.after?.()
  console.log(`\n${summary(counts)}`)
  const ran = counts.passed + counts.failed
  // A whole suite may be of what this machine cannot have, and has said so; a filter that leaves nothing is a mistake.
  const nothingRan = ran === 0 && (counts.skipped === 0 || extra.length > 0)
  process.exitCode = counts.failed > 0 || nothingRan ? 1 : exitCode
}
