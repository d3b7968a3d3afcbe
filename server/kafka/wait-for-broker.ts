import type { Admin } from 'kafkajs'
import { StartUpError } from '../ground/start-up-error.ts'
import type { Logger } from '../logger.ts'

/** A broker that is started together with the app needs some 10 to 30 s. */
const WAIT_AT_MOST_MS = 45_000
const LOOK_AGAIN_AFTER_MS = 1_000
/** kafkajs tries several times by itself before it reports that no broker answers: the operator is told before that. */
const SAID_EVERY_MS = 3_000
/** Nobody there, or not yet. A name may not be known before its container runs. */
const ABSENT = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'ETIMEDOUT',
]

/**
 * Connects, and gives a broker that is not there yet some time. Other faults (a password, a certificate) do not mend
 * themselves, and are thrown at once.
 * @throws StartUpError when no broker has come
 */
export async function waitForBroker(admin: Admin, brokers: readonly string[], logger: Logger): Promise<void> {
  const deadlineMs = performance.now() + WAIT_AT_MOST_MS
  const saying = setInterval(
    () => logger.warn({ brokers }, 'Kafka does not answer yet; waiting for it'),
    SAID_EVERY_MS,
  )
  try {
    for (;;) {
      const failure = await admin.connect().catch((error: unknown) => error)
      if (failure === undefined) return
      if (!isAbsent(failure)) throw failure
      if (performance.now() > deadlineMs) throw neverCame(brokers, failure)
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_AFTER_MS))
    }
  } finally {
    clearInterval(saying)
  }
}

/** kafkajs wraps the failure of the last attempt in one that counts them. */
function isAbsent(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { name, message, cause } = error
  if (name === 'KafkaJSConnectionClosedError' || message === 'Connection timeout') return true
  if ('code' in error && ABSENT.includes(String(error.code))) return true
  return isAbsent(cause)
}

function neverCame(brokers: readonly string[], cause: unknown): StartUpError {
  return new StartUpError(
    `Kafka at ${brokers.join(', ')} has not answered for ${WAIT_AT_MOST_MS / 1_000} s. Check that it runs and that ` +
      'KAFKA_BROKERS names it, or unset KAFKA_BROKERS to use the embedded broker.',
    { cause },
  )
}
