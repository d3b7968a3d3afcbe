import { serve } from '../serve.mjs'
import { forServer, setUp } from '../setup/set-up.mjs'

/** The embedded broker alone, for clients of your own. */
export default async function kafka() {
  await setUp(forServer)
  await serve('embedded-kafka.js', { KAFKA_PORT: process.env.KAFKA_PORT || '9092' })
}
