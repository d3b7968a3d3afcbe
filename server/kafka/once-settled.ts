import { ExponentialBackoff, handleWhen, retry } from 'cockatiel'

/**
 * Asks a broker again for half a minute while it answers that it does not know yet: Apache Kafka needs seconds after its
 * start, or a move of partitions, to know that it leads one, to find a coordinator for its first groups, and to load what
 * they have committed. `retriable` is the protocol's own word for that (https://kafka.apache.org/protocol#protocol_error_codes);
 * kafkajs does not ask again by itself for all of them. Among several brokers it may also lack a topic that another question
 * has not brought yet, and then trips over that with a TypeError; the next question brings it.
 */
export const onceSettled = retry(
  handleWhen((error) => ('retriable' in error && error.retriable === true) || error instanceof TypeError),
  { maxAttempts: 40, backoff: new ExponentialBackoff({ initialDelay: 100, maxDelay: 1_000 }) },
)
