import { ErrorCode, KafkaError } from '../protocol/errors.ts'

/** Kafka's rule (org.apache.kafka.common.internals.Topic). It also keeps names safe as folder names. */
export function checkTopicName(name: string): void {
  if (name === '.' || name === '..' || !/^[a-zA-Z0-9._-]{1,249}$/.test(name)) {
    throw new KafkaError(
      ErrorCode.INVALID_TOPIC_EXCEPTION,
      `Topic name is invalid: 1 to 249 of a-z A-Z 0-9 . _ - are allowed, and not "." or ".."`,
    )
  }
}
