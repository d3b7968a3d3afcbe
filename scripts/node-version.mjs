// Parsed by any Node: see run.mjs.
import { readFileSync } from 'node:fs'

const packageJson = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))

/** What to tell someone whose Node is not in package.json's `engines`, or undefined when it is. */
export function nodeProblem(version, range = packageJson.engines.node) {
  if (satisfies(version, range)) return undefined
  const wanted = range
    .split(' || ')
    .map((part) => `${part.replace(/\^|>=|\.0$/g, '')}${part[0] === '^' ? '+' : ' or newer'}`)
  return `Rider Live needs Node ${wanted.join(', ')}; you have ${version}. Get a current one from https://nodejs.org`
}

/** Understands `^a.b.c` and `>=a`, joined by `||`: all that `engines` uses. */
function satisfies(version, range) {
  const have = version.split('.').map(Number)
  return range.split(' || ').some((part) => {
    const want = part.replace(/\^|>=/, '').split('.').map(Number)
    if (part[0] === '^' && have[0] !== want[0]) return false
    return compare(have, want) >= 0
  })
}

function compare(a, b) {
  for (let i = 0; i < 3; i++) {
    const difference = (a[i] || 0) - (b[i] || 0)
    if (difference !== 0) return difference
  }
  return 0
}
