import { serve } from '../serve.mjs'
import { forProduction, setUp } from '../setup/set-up.mjs'

/** The production server; its configuration comes from the environment. */
export default async function start() {
  await setUp(forProduction)
  await serve('server.js')
}
