import { randomBytes } from 'node:crypto'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { replaceFileDurably } from '../log/files.ts'

/** Raised when a file in the folder changes its meaning. */
const FORMAT_VERSION = 1

/** The folder cannot be used; the message says why and what to do. */
export class UnusableLogDir extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UnusableLogDir'
  }
}

interface Meta {
  readonly formatVersion: number
  readonly clusterId: string
}

export function prepareLogDir(directory: string): void {
  try {
    makeFolder(resolve(directory))
    accessSync(directory, constants.W_OK | constants.R_OK | constants.X_OK)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new UnusableLogDir(
      `Cannot write to the data directory ${directory} (${code}). Choose another with DATA_DIR.`,
    )
  }
}

/** Step by step: `recursive` never ends where the system says ENOENT of a folder whose parent is there, as in /proc. */
function makeFolder(path: string): void {
  if (!existsSync(dirname(path))) makeFolder(dirname(path))
  if (!existsSync(path) || !statSync(path).isDirectory()) mkdirSync(path)
}

/** Reads who this log belongs to, or makes it a new one. Call with the lock held. */
export function readOrCreateMeta(directory: string): Meta {
  const path = join(directory, 'meta.json')
  const text = readIfPresent(path)
  if (text === undefined) {
    const meta: Meta = { formatVersion: FORMAT_VERSION, clusterId: randomBytes(16).toString('base64url') }
    replaceFileDurably(path, JSON.stringify(meta))
    return meta
  }
  const meta = parse(text)
  if (meta?.formatVersion !== FORMAT_VERSION || typeof meta.clusterId !== 'string') {
    throw new UnusableLogDir(
      `${directory} holds log format ${meta?.formatVersion ?? 'unknown'}; this version reads format ${FORMAT_VERSION}. Choose another folder with DATA_DIR, or delete this one to start afresh.`,
    )
  }
  return { formatVersion: FORMAT_VERSION, clusterId: meta.clusterId }
}

/** Finishes deletions that the last run began (see deleted topics). */
export function removeLeftovers(directory: string): void {
  for (const name of readdirSync(directory)) {
    if (name.endsWith('.deleted') || name.endsWith('.tmp') || name.startsWith('.lock.')) {
      rmSync(join(directory, name), { recursive: true, force: true })
    }
  }
}

function readIfPresent(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function parse(text: string): Partial<Meta> | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
