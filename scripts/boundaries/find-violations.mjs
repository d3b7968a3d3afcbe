import { posix } from 'node:path'
import { findCircles } from './find-circles.mjs'
import { readImports } from './read-imports.mjs'
import { CLOSED_PARTS, DOORS_OF_THE_SERVER, ONE_PLACE, READS_ENVIRONMENT } from './rules.mjs'

/** Answers one line per violation. `files` maps paths from the project root to sources. */
export function findViolations(files) {
  const found = []
  const graph = new Map()
  for (const [path, source] of files) {
    const { imports, environment, isClient } = readImports(path, source)
    graph.set(path, [])
    for (const { specifier, line } of imports) {
      const target = resolve(path, specifier)
      const reason = whyNot(path, target, isClient)
      if (reason) found.push(`${path}:${line} imports ${specifier}: ${reason}`)
      if (files.has(target)) graph.get(path).push(target)
    }
    if (!READS_ENVIRONMENT.includes(path)) {
      for (const line of environment)
        found.push(`${path}:${line} reads process.env: only ${READS_ENVIRONMENT.join(' and ')} may`)
    }
  }
  for (const circle of findCircles(graph)) found.push(`${circle.join(' → ')}: a circle`)
  return found
}

/** A path from the project root, `node:…`, or `npm:` with the package and what follows it. */
function resolve(from, specifier) {
  if (specifier.startsWith('#')) return specifier.slice(1)
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier)
  return specifier.startsWith('node:') ? specifier : `npm:${specifier}`
}

function whyNot(from, target, isClient) {
  return (
    outOfClosedPart(from, target) ??
    outOfItsPlace(from, target) ??
    pastTheDoor(from, target, isClient) ??
    noExtension(target)
  )
}

function outOfClosedPart(from, target) {
  // The longest part that holds the file decides: server/embedded-kafka/ before server/.
  const part = Object.keys(CLOSED_PARTS)
    .filter((prefix) => from.startsWith(prefix))
    .sort((a, b) => b.length - a.length)[0]
  if (!part || matches(target, CLOSED_PARTS[part])) return undefined
  return `${part} may import ${CLOSED_PARTS[part].join(', ')} only`
}

function outOfItsPlace(from, target) {
  const rule = ONE_PLACE.find(({ may }) => matches(target, may))
  if (!rule || matches(from, rule.only)) return undefined
  return `only ${rule.only.join(', ')} may`
}

function pastTheDoor(from, target, isClient) {
  if (!from.startsWith('app/') || !target.startsWith('server/')) return undefined
  const door = isClient ? undefined : DOORS_OF_THE_SERVER.find((door) => door.from.test(from))
  if (!door) return 'code that may reach a browser may not import the server'
  return matches(target, door.may)
    ? undefined
    : `here only ${door.may.join(', ')} may be imported of the server`
}

function noExtension(target) {
  const isOurs = !target.includes(':')
  return isOurs && posix.extname(target) === '' ? 'write the file extension, Node needs it' : undefined
}

/** Patterns: `folder/`, `file.ts`, a package with all its entries, `@scope/*`, `node:*`, `npm:*`. */
function matches(target, patterns) {
  return patterns.some((pattern) => {
    if (pattern.endsWith('*'))
      return target.startsWith(pattern.slice(0, -1)) || target.startsWith(`npm:${pattern.slice(0, -1)}`)
    if (pattern.endsWith('/')) return target.startsWith(pattern)
    return target === pattern || target === `npm:${pattern}` || target.startsWith(`npm:${pattern}/`)
  })
}
