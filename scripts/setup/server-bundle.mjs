import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fingerprint, stamp } from '../fingerprint.mjs'
import { projectRoot } from '../project-root.mjs'
import { StepError } from '../step-error.mjs'
import { sources } from './sources.mjs'

const built = stamp('dist/.made-from')

export const serverBundle = {
  title: 'Bundle the server',
  isDone: () => existsSync(join(projectRoot, 'dist/server.js')) && built.equals(fingerprint(sources)),
  async run() {
    const madeFrom = fingerprint(sources)
    const { build } = await import('esbuild')
    const options = {
      absWorkingDir: projectRoot,
      entryPoints: [
        { in: 'server/index.ts', out: 'server' },
        { in: 'packages/embedded-kafka/src/main.ts', out: 'embedded-kafka' },
        { in: 'server/make-secrets.ts', out: 'make-secrets' },
        { in: 'server/demo/simulate-riders.ts', out: 'simulate-riders' },
      ],
      outdir: 'dist',
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      // Our own #-imports are bundled all the same: they resolve to files, not to packages.
      packages: 'external',
      sourcemap: true,
      // Read at every start; the sources lie beside it.
      sourcesContent: false,
      logLevel: 'silent',
    }
    // Beside the server, which serves them: the browser's worker that opens pages without network, and the scripts that
    // stand in the customer's and the rider's page.
    const forBrowsers = {
      absWorkingDir: projectRoot,
      entryPoints: [
        { in: 'app/_offline/worker.ts', out: 'service-worker' },
        { in: 'app/_tracking/first-look.ts', out: 'first-look-track' },
        { in: 'app/_rider/first-look.ts', out: 'first-look-rider' },
      ],
      outdir: 'dist',
      bundle: true,
      minify: true,
      format: 'iife',
      target: 'es2022',
      logLevel: 'silent',
    }
    await Promise.all([build(options), build(forBrowsers)]).catch(({ errors, message }) => {
      throw new StepError(
        errors?.map((e) => `${e.location?.file}:${e.location?.line} ${e.text}`).join('\n') ?? message,
      )
    })
    built.set(madeFrom)
  },
}
