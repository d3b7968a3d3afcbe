import { serve } from '../serve.mjs'
import { forProduction, setUp } from '../setup/set-up.mjs'

/** Everything from a fresh clone to a running demo. */
export default async function demo() {
  await setUp(forProduction)
  await serve('server.js', { DEMO: '1' })
}
