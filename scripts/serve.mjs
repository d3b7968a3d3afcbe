import { pathToFileURL } from 'node:url'
import { projectRoot } from './project-root.mjs'

/**
 * Goes on as the bundled server, in this same process: signals, exit code and terminal are the server's own, and no
 * wrapper is left to be killed.
 */
export async function serve(file, env = {}) {
  process.chdir(projectRoot)
  Object.assign(process.env, { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }, env)
  process.setSourceMapsEnabled(true)
  await import(pathToFileURL(`${projectRoot}dist/${file}`).href)
}
