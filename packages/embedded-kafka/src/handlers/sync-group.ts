import type { SyncResult } from '../group/join-and-sync.ts'
import type { Handler } from './handler.ts'

/** The leader hands in the assignment; every member, leader included, gets its own part. */
export const syncGroup: Handler = (request, response, { apiVersion, broker }) => {
  const groupId = request.string()
  const generationId = request.int32()
  const memberId = request.string()
  const instanceId = apiVersion >= 3 ? request.nullableString() : null
  const assignments = new Map(
    // Copies: the assignment outlives the request.
    request.array(() => [request.string(), Buffer.from(request.bytes())] as const),
  )

  const result = broker.groups.sync(groupId, memberId, instanceId, generationId, assignments)
  const answer = ({ error, assignment }: SyncResult) => {
    if (apiVersion >= 1) response.int32(0) // throttle_time_ms
    response.int16(error).bytes(assignment)
    return undefined
  }
  return result instanceof Promise ? result.then(answer) : answer(result)
}
