// The one entry of every npm script: `node scripts/run.mjs <command> [arguments]`.
// This file and node-version.mjs keep to syntax that Node 12 can parse, so that an old Node gets a sentence and
// not a SyntaxError. Everything else is imported only after the version is known to be good.
import { nodeProblem } from './node-version.mjs'

const problem = nodeProblem(process.versions.node)
if (problem) {
  console.error(problem)
  process.exit(1)
}

import('./main.mjs').then((module) => module.main(process.argv[2], process.argv.slice(3)))
