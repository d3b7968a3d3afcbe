import { parseArgs } from 'node:util'

/** The command line's `--name n`, each a whole number from 1 on; what is not given is as in `defaults`. */
export function readCounts<Name extends string>(defaults: Record<Name, number>): Record<Name, number> {
  const names = Object.keys(defaults) as Name[]
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]))
  try {
    const { values } = parseArgs({ options })
    const counts = { ...defaults }
    for (const name of names) if (values[name] !== undefined) counts[name] = count(name, values[name])
    return counts
  } catch (error) {
    console.error((error as Error).message)
    process.exit(1)
  }
}

function count(name: string, said: string): number {
  const number = Number(said)
  if (Number.isSafeInteger(number) && number >= 1) return number
  throw new Error(`--${name} must be a whole number from 1 on, not ${said}`)
}
