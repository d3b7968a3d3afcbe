import { spawnSync } from 'node:child_process'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Cargo's own folder is often not on the PATH. */
export function findGeckodriver() {
  const places = ['geckodriver', join(homedir(), '.cargo/bin/geckodriver')]
  return places.find((path) => spawnSync(path, ['--version'], { stdio: 'ignore' }).status === 0)
}
