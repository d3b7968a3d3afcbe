import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fingerprint, stamp } from '../fingerprint.mjs'
import { projectRoot } from '../project-root.mjs'
import { StepError } from '../step-error.mjs'
import { sources } from './sources.mjs'

const built = stamp('dist/.made-from')

/**
 * Next is more than its imports; pino starts threads from its own files; Prisma's WebAssembly, 5 MB of text, is read faster
 * on its own; the others are optional, and not installed.
 */
const NOT_BUNDLED = [
  'next',
  'pino',
  'pino-pretty',
  '*.wasm-base64.mjs',
  'pg-native',
  'bufferutil',
  'utf-8-validate',
]

/** What packages in CommonJS find in each file. */
const FOR_COMMON_JS = [
  "import { createRequire as requireFor } from 'node:module'",
  'const require = requireFor(import.meta.url)',
  'const { filename: __filename, dirname: __dirname } = import.meta',
].join('\n')

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
      // With the packages in it: a start reads one file instead of hundreds, which took a quarter of its time.
      external: NOT_BUNDLED,
      banner: { js: FOR_COMMON_JS },
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
