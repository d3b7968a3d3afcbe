import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runQuietly } from '../child.mjs'
import { fingerprint, stamp } from '../fingerprint.mjs'
import { projectRoot } from '../project-root.mjs'

const installed = stamp('node_modules/.cache/rider-live/installed')
const wanted = () => `${fingerprint(['package-lock.json'])} ${process.platform}-${process.arch}`

export const packages = {
  title: 'Install packages',
  isDone() {
    if (installed.equals(wanted())) return true
    if (!installedByHand()) return false
    installed.set(wanted())
    return true
  },
  async run() {
    // npm's own path is known inside `npm run`; --include=dev because NODE_ENV=production would leave the tools out.
    const args = ['ci', '--include=dev', '--no-audit', '--no-fund']
    const npm = process.env.npm_execpath
    if (npm?.endsWith('.js')) await runQuietly(process.execPath, [npm, ...args])
    else await runQuietly(process.platform === 'win32' ? 'npm.cmd' : 'npm', args)
    installed.set(wanted())
  },
}

/** After a plain `npm install`, npm's own list of what it installed agrees with the lock file: no need to start over. */
function installedByHand() {
  const hidden = join(projectRoot, 'node_modules/.package-lock.json')
  if (!existsSync(hidden)) return false
  const have = JSON.parse(readFileSync(hidden, 'utf8')).packages
  const want = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')).packages
  return Object.entries(want).every(([path, entry]) => {
    if (path === '') return true
    return have[path]
      ? have[path].version === entry.version
      : entry.optional === true && !isForThisMachine(entry)
  })
}

/** Native parts are optional packages, one per platform. Those that also ask for a C library are left to npm. */
function isForThisMachine({ os, cpu, libc }) {
  return os?.includes(process.platform) === true && cpu?.includes(process.arch) === true && !libc
}
