import type { PartitionLog } from '../log/partition-log.ts'
import { waitForAppend } from '../log/wait-for-append.ts'
import { ErrorCode } from '../protocol/errors.ts'
import type { RequestReader } from '../protocol/reader.ts'
import type { ResponseWriter } from '../protocol/writer.ts'
import type { BrokerServices } from '../services.ts'
import { type Handler, outcomeOf } from './handler.ts'

/** How long a Fetch waits for memory before it is answered with nothing. */
const OVERLOAD_RETRY_MS = 100
const NO_SESSION = 0
const NO_REPLICA = -1
const NOTHING = Buffer.alloc(0)

interface FetchRequest {
  readonly maxWaitMs: number
  readonly minBytes: number
  readonly maxBytes: number
  readonly sessionId: number
  readonly topics: readonly { readonly topic: string; readonly partitions: readonly FetchPartition[] }[]
}

interface FetchPartition {
  readonly partition: number
  readonly fetchOffset: number
  readonly maxBytes: number
}

interface PartitionResult {
  readonly partition: number
  readonly log: PartitionLog | undefined
  readonly code: ErrorCode
  readonly records: Buffer
}

interface FetchResult {
  readonly topics: readonly { readonly topic: string; readonly partitions: readonly PartitionResult[] }[]
  readonly bytes: number
  readonly failed: boolean
}

/**
 * Reads batches from partitions. When there is less than `min_bytes` the request waits, up to `max_wait_ms`, for
 * producers: this long poll is what makes a consumer see a record within a millisecond without asking all the time.
 */
export const fetch: Handler = (bytes, response, { apiVersion, broker, client }) => {
  const request = readRequest(bytes, apiVersion)
  if (request.sessionId !== NO_SESSION) {
    // Fetch sessions (KIP-227) spare large clusters bandwidth. We never open one, so this one is not ours.
    return writeResponse(response, ErrorCode.FETCH_SESSION_ID_NOT_FOUND, [], apiVersion)
  }
  let result = readLogs(request, broker)
  const answer = () => writeResponse(response, ErrorCode.NONE, result.topics, apiVersion)
  const isEnough = () => result.bytes >= request.minBytes || result.failed
  if (isEnough() || request.maxWaitMs <= 0) return answer()

  const logs = result.topics.flatMap(({ partitions }) => partitions.flatMap(({ log }) => log ?? []))
  const readAgain = () => {
    result = readLogs(request, broker)
    return isEnough()
  }
  const waitMs = broker.responseBytes.isFarExceeded ? OVERLOAD_RETRY_MS : request.maxWaitMs
  return waitForAppend(logs, Math.min(waitMs, request.maxWaitMs), readAgain, client).then(answer)
}

function readRequest(request: RequestReader, apiVersion: number): FetchRequest {
  request.int32() // replica_id: no broker but this one will ask
  const maxWaitMs = request.int32()
  const minBytes = request.int32()
  const maxBytes = request.int32()
  request.int8() // isolation_level: without transactions both are the same
  const sessionId = apiVersion >= 7 ? request.int32() : NO_SESSION
  if (apiVersion >= 7) request.int32() // session_epoch
  const topics = request.array(() => ({
    topic: request.string(),
    partitions: request.array(() => {
      const partition = request.int32()
      if (apiVersion >= 9) request.int32() // current_leader_epoch
      const fetchOffset = request.int64()
      if (apiVersion >= 12) request.int32() // last_fetched_epoch, of a follower
      if (apiVersion >= 5) request.int64() // log_start_offset, of a follower
      return { partition, fetchOffset, maxBytes: request.int32() }
    }),
  }))
  // forgotten_topics_data and rack_id follow; they concern sessions and followers.
  return { maxWaitMs, minBytes, maxBytes, sessionId, topics }
}

/** Reads what there is now, within the limits of the client and of the broker's own memory. */
function readLogs(request: FetchRequest, broker: BrokerServices): FetchResult {
  let room = Math.min(request.maxBytes, broker.config.fetchMaxBytes, broker.responseBytes.left)
  // The first batch of a response comes whatever its size, so that a consumer always gets on (KIP-74); unless slow readers
  // have taken so much memory that some must be closed first.
  const mayRead = !broker.responseBytes.isFarExceeded
  let bytes = 0
  let failed = false
  const read = (topic: string, { partition, fetchOffset, maxBytes }: FetchPartition): PartitionResult => {
    let log: PartitionLog | undefined
    let records: Buffer = NOTHING
    const { code } = outcomeOf(() => {
      log = broker.topics.partition(topic, partition)
      records = log.read(
        fetchOffset,
        Math.max(0, Math.min(maxBytes, room)),
        bytes === 0 && mayRead,
        broker.readBuffers,
      )
    })
    room -= records.length
    bytes += records.length
    failed ||= code !== ErrorCode.NONE
    return { partition, log, code, records }
  }

  // Start anywhere: when not everything fits, it must not be the same partitions every time that go without.
  const asked = request.topics.flatMap(({ topic, partitions }) => partitions.map((each) => ({ topic, each })))
  const first = Math.floor(Math.random() * asked.length)
  const results = new Map<FetchPartition, PartitionResult>()
  for (const { topic, each } of [...asked.slice(first), ...asked.slice(0, first)]) {
    results.set(each, read(topic, each))
  }
  const topics = request.topics.map(({ topic, partitions }) => ({
    topic,
    partitions: partitions.flatMap((each) => results.get(each) ?? []),
  }))
  return { topics, bytes, failed }
}

function writeResponse(
  response: ResponseWriter,
  code: ErrorCode,
  topics: FetchResult['topics'],
  apiVersion: number,
): undefined {
  response.int32(0) // throttle_time_ms
  if (apiVersion >= 7) response.int16(code).int32(NO_SESSION)
  response.array(topics, ({ topic, partitions }) => {
    response.string(topic).array(partitions, ({ partition, log, code, records }) => {
      const known = code === ErrorCode.NONE ? log : undefined
      const end = known?.logEndOffset ?? -1
      // With one replica and no transactions, everything written is committed and stable.
      response.int32(partition).int16(code).int64(end).int64(end)
      if (apiVersion >= 5) response.int64(known?.logStartOffset ?? -1)
      response.array([], () => {}) // aborted_transactions
      if (apiVersion >= 11) response.int32(NO_REPLICA) // preferred_read_replica
      response.attachedBytes(records)
    })
  })
  return undefined
}
