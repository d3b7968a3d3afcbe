import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

type Package = {
  resolved?: string
  integrity?: string
  inBundle?: boolean
  link?: boolean
  optionalDependencies?: Record<string, string>
}

const lock: { packages: Record<string, Package> } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const entries = Object.entries(lock.packages)

it('[SET3] the lock file has every platform’s native parts, so that an install works anywhere', () => {
  const names = new Set(entries.map(([path]) => path.split('node_modules/').at(-1)))
  const missing = entries.flatMap(([, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !names.has(name)),
  )
  expect(missing).toEqual([])
})

it('[SET3] the lock file names checksums and no registry', () => {
  // Of the packages in this repository it names the folder.
  const packages = entries.filter(
    ([path, entry]) => path.startsWith('node_modules/') && !entry.inBundle && !entry.link,
  )
  expect(packages.filter(([, entry]) => entry.resolved)).toEqual([])
  expect(packages.filter(([, entry]) => !entry.integrity).map(([path]) => path)).toEqual([])
})
