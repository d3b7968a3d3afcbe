import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runNode } from '../child.mjs'
import { fingerprint, stamp } from '../fingerprint.mjs'
import { projectRoot } from '../project-root.mjs'
import { compress } from './compress.mjs'
import { sources } from './sources.mjs'

const built = stamp('.next/.made-from')

export const pages = {
  title: 'Build the pages',
  // A build that failed half-way, or another one started since, has no BUILD_ID or has swept our stamp away.
  isDone: () => existsSync(join(projectRoot, '.next/BUILD_ID')) && built.equals(fingerprint(sources)),
  async run() {
    const madeFrom = fingerprint(sources)
    // Types left by `next dev` for routes that are gone would fail this build.
    for (const types of ['.next/dev/types', '.next/types']) {
      rmSync(join(projectRoot, types), { recursive: true, force: true })
    }
    await runNode(['node_modules/next/dist/bin/next', 'build'], {
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
    })
    await compress(join(projectRoot, '.next/static'))
    built.set(madeFrom)
  },
}
