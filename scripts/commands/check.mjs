import { passSignalsOn, runNode } from '../child.mjs'
import { runStep } from '../run-step.mjs'
import { forSources, setUp } from '../setup/set-up.mjs'
import { StepError } from '../step-error.mjs'

const colours = `--colors=${process.stdout.isTTY ? 'force' : 'off'}`

const parts = {
  'Types of the routes': () =>
    runNode(['node_modules/next/dist/bin/next', 'typegen'], { NEXT_TELEMETRY_DISABLED: '1' }),
  Types: () => runNode(['node_modules/typescript/bin/tsc', '--noEmit']),
  'Lint, format and import rules': () =>
    runNode(['node_modules/@biomejs/biome/bin/biome', 'ci', '--error-on-warnings', colours]),
  'Unused files, exports and packages': () => runNode(['node_modules/knip/bin/knip.js', '--no-progress']),
}

/** All parts are run, so that one look shows all that is to be done. */
export default async function check() {
  await setUp(forSources)
  passSignalsOn()
  const failures = []
  for (const [title, run] of Object.entries(parts)) {
    await runStep(title, run).catch((error) => {
      if (!(error instanceof StepError)) throw error
      console.error(`\n${error.message}\n`)
      failures.push(title)
    })
  }
  if (failures.length > 0) throw new StepError(`Not in order: ${failures.join(', ')}`)
}
