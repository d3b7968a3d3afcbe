import { existsSync, readFileSync } from 'node:fs'
import { runQuietly } from '../child.mjs'

/** System packages are installed only where somebody asks for it, with `APT_INSTALL=1`, and only by root on Debian. */
export function mayInstall() {
  return process.env.APT_INSTALL === '1' && isRootOnDebian()
}

function isRootOnDebian() {
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
