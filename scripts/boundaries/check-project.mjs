import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../project-root.mjs'
import { StepError } from '../step-error.mjs'
import { findViolations } from './find-violations.mjs'

/** The product itself. Tests, benches and scripts may import whatever they look at. */
const PARTS = ['app', 'contracts', 'domain', 'server']

export function checkProject() {
  const paths = PARTS.flatMap((part) =>
    readdirSync(join(projectRoot, part), { recursive: true })
      .map((name) => `${part}/${name.replaceAll('\\', '/')}`)
      .filter((path) => /\.[mc]?[jt]sx?$/.test(path)),
  )
  const files = new Map(paths.sort().map((path) => [path, readFileSync(join(projectRoot, path), 'utf8')]))
  const violations = findViolations(files)
  if (violations.length > 0) throw new StepError(violations.join('\n'))
}
