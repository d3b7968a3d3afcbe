import { announceLan, lanSettings } from '../lan.mjs'
import { serve } from '../serve.mjs'
import { forProduction, setUp } from '../setup/set-up.mjs'

/** Everything from a fresh clone to a running demo; with `--lan` other devices of the network reach it. */
export default async function demo(args) {
  const lan = args.includes('--lan') ? lanSettings(process.env) : null
  await setUp(forProduction)
  await serve('server.js', { DEMO: '1', ...lan })
  // The server is ready now: what opens it stands below its own lines.
  if (lan) await announceLan(process.env.PORT)
}
