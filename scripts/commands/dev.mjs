import { passSignalsOn, runVisibly } from '../child.mjs'
import { forSources, setUp } from '../setup/set-up.mjs'

/** The server from source, restarted when one of its files changes; pages are reloaded by Next itself. */
export default async function dev() {
  await setUp(forSources)
  passSignalsOn()
  const args = ['node_modules/tsx/dist/cli.mjs', 'watch', '--clear-screen=false', 'server/index.ts']
  const env = { NODE_ENV: 'development', NEXT_TELEMETRY_DISABLED: '1' }
  process.exitCode = Number(await runVisibly(process.execPath, args, env)) || 0
}
