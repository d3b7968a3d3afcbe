import { beforeEach, inject } from 'vitest'
import { BROKER_UNDER_TEST } from './client.ts'

/** Set-up of both runs: the rules are tested on the broker that the run provides, or skipped with the reason. */
const broker = inject('embeddedKafka') ?? inject('apacheKafka')
if ('skipped' in broker) beforeEach(({ skip }) => skip(broker.skipped))
else process.env[BROKER_UNDER_TEST] = broker.brokers
