import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { projectRoot } from './project-root.mjs'

/** SHA-256 over names and contents of files and folders (paths from the project root; missing ones count as absent). */
export function fingerprint(paths) {
  const hash = createHash('sha256').update(process.version)
  for (const path of paths) addTo(hash, path)
  return hash.digest('hex')
}

function addTo(hash, path) {
  const full = join(projectRoot, path)
  if (!existsSync(full)) return
  if (statSync(full).isDirectory()) {
    for (const name of readdirSync(full).sort()) addTo(hash, `${path}/${name}`)
  } else {
    hash.update(`\0${path}\0`).update(readFileSync(full))
  }
}

/** The fingerprint that something was last made from, kept in a file beside it. */
export function stamp(path) {
  const full = join(projectRoot, path)
  return {
    equals: (value) => existsSync(full) && readFileSync(full, 'utf8') === value,
    set(value) {
      mkdirSync(dirname(full), { recursive: true })
      writeFileSync(full, value)
    },
  }
}
