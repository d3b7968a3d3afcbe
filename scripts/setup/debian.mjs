import { existsSync, readFileSync } from 'node:fs'
import { runQuietly } from '../child.mjs'

/** Only there may, and can, a script install a system package by itself. */
export function isRootOnDebian() {
  const release = '/etc/os-release'
  return process.getuid?.() === 0 && existsSync(release) && /^ID=debian$/m.test(readFileSync(release, 'utf8'))
}

/** A mirror may have a bad moment, and the system may be updating itself. */
const PATIENT = ['-o', 'Acquire::Retries=3', '-o', 'DPkg::Lock::Timeout=300']

export const aptUpdate = () => runQuietly('apt-get', [...PATIENT, 'update'])

export function aptInstall(...names) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  return runQuietly('apt-get', [...PATIENT, 'install', '-y', '--no-install-recommends', ...names], env)
}
