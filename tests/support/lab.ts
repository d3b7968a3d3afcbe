import { pino } from 'pino'
import { createLab, type Lab } from '#server/inside/log/lab.ts'
import { createKafkaClient } from '#server/kafka/client.ts'
import { createNames } from '#server/kafka/names.ts'
import type { RunningApp } from './app.ts'
import { atEnd } from './at-end.ts'

/** A lab of the test's own process, on the broker of an app. */
export function labBeside(app: Pick<RunningApp, 'broker' | 'inKafka'>): Lab {
  const address = { brokers: [app.broker], ssl: false, sasl: null, prefix: app.inKafka('') }
  const logger = pino({ level: 'silent' })
  const lab = createLab({
    newClient: (connect) => createKafkaClient(address, { clientId: 'lab-of-a-test', connect }, logger),
    names: createNames(address.prefix),
    now: Date.now,
    logger,
  })
  atEnd(lab.close)
  return lab
}
