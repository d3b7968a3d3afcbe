import { existsSync, readdirSync } from 'node:fs'
import { passSignalsOn, runVisibly } from '../child.mjs'
import { projectRoot } from '../project-root.mjs'
import { forProduction, setUp } from '../setup/set-up.mjs'
import { StepError } from '../step-error.mjs'

const folder = `${projectRoot}bench/`

/** `bench NAME [arguments]` runs bench/NAME.ts against the production build. */
export default async function bench([name, ...rest]) {
  if (!name || !existsSync(`${folder}${name}.ts`)) {
    const names = readdirSync(folder).flatMap((file) => (file.endsWith('.ts') ? [file.slice(0, -3)] : []))
    throw new StepError(`Which one? npm run bench -- ${names.join(' | ')}`)
  }
  await setUp(forProduction)
  passSignalsOn()
  const args = ['--import', 'tsx', `${folder}${name}.ts`, ...rest]
  process.exitCode = Number(await runVisibly(process.execPath, args)) || 0
}
