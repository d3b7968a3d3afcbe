import { execFileSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { debianPackages } from '../../../scripts/setup/debian-packages.mjs'
import { tempDir } from '../../support/temp-dir.ts'

const MODULE = new URL('../../../scripts/setup/debian-packages.mjs', import.meta.url)

/** Runs the step for a package that is not there, with an `apt-get` that only notes that it was called. */
function callsApt(asked: string): boolean {
  const bin = tempDir()
  writeFileSync(join(bin, 'apt-get'), `#!/bin/sh\necho "$@" >> ${bin}/called\n`, { mode: 0o755 })
  const script = `import { debianPackages } from '${MODULE}'
    const step = debianPackages('a test', { 'no-such-thing': () => false })
    if (!step.isDone()) await step.run()`
  execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, PATH: `${bin}:${process.env.PATH}`, APT_INSTALL: asked },
  })
  return existsSync(join(bin, 'called'))
}

it('[SET8] no system package is installed unasked', () => {
  expect(callsApt('')).toBe(false)
})

const rootOnDebian = process.getuid?.() === 0 && existsSync('/etc/debian_version')

it.runIf(rootOnDebian)('[SET8] it is where APT_INSTALL=1 asks', () => {
  expect(callsApt('1')).toBe(true)
})

it('[SET8] what is missing is named with the command that installs it', () => {
  expect(debianPackages('a test', { 'no-such-thing': () => false }).missing()).toContain(
    'apt-get install no-such-thing',
  )
  expect(debianPackages('a test', { here: () => true }).missing()).toBe('')
})
