import { beforeEach, inject } from 'vitest'
import { APP_KAFKA } from './app-log.ts'

/** Set-up of the run on Apache Kafka: every app of it uses that, or every test is skipped with the reason. */
const kafka = inject('apacheKafka')
if ('skipped' in kafka) beforeEach(({ skip }) => skip(kafka.skipped))
else process.env[APP_KAFKA] = kafka.brokers
