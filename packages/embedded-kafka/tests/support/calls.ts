import { ApiKey } from '../../src/protocol/api-versions.ts'
import type { WireClient } from './wire-client.ts'

/** Single calls of the protocol, spelled out for a WireClient. */

export async function createTopic(
  client: WireClient,
  topic: string,
  { partitions = 1, configs = {} }: { partitions?: number; configs?: Record<string, string> } = {},
): Promise<number> {
  const response = await client.request(ApiKey.CreateTopics, 1, (w) => {
    w.array([topic], (name) => {
      w.string(name)
        .int32(partitions)
        .int16(1)
        .array([], () => {})
      w.array(Object.entries(configs), ([key, value]) => w.string(key).nullableString(value))
    })
    w.int32(1_000).boolean(false)
  })
  return response.array(() => {
    response.string()
    const code = response.int16()
    response.nullableString()
    return code
  })[0] as number
}

export interface Produced {
  readonly code: number
  readonly baseOffset: number
}

export async function produce(
  client: WireClient,
  topic: string,
  records: Buffer | null,
  { acks = -1, partition = 0, version = 7 }: { acks?: number; partition?: number; version?: number } = {},
): Promise<Produced> {
  const response = await client.request(ApiKey.Produce, version, (w) => {
    w.nullableString(null).int16(acks).int32(1_000)
    w.array([topic], (name) => {
      w.string(name).array([partition], (p) => {
        w.int32(p)
        if (records === null) w.int32(-1)
        else w.bytes(records)
      })
    })
  })
  const topics = response.array(() => {
    response.string()
    return response.array(() => {
      response.int32()
      const produced = { code: response.int16(), baseOffset: response.int64() }
      response.int64() // log append time
      if (version >= 5) response.int64() // log start offset
      return produced
    })
  })
  return topics[0]?.[0] as Produced
}

export interface Fetched {
  readonly code: number
  readonly highWatermark: number
  readonly records: Buffer
}

export async function fetch(
  client: WireClient,
  topic: string,
  offset: number,
  { maxWaitMs = 0, minBytes = 1, maxBytes = 1 << 20, partition = 0 } = {},
): Promise<Fetched> {
  const response = await client.request(ApiKey.Fetch, 4, (w) => {
    w.int32(-1).int32(maxWaitMs).int32(minBytes).int32(maxBytes).int8(0)
    w.array([topic], (name) => {
      w.string(name).array([partition], (p) => w.int32(p).int64(offset).int32(maxBytes))
    })
  })
  response.int32() // throttle time
  const topics = response.array(() => {
    response.string()
    return response.array(() => {
      response.int32()
      const code = response.int16()
      const highWatermark = response.int64()
      response.int64() // last stable offset
      response.nullableArray(() => response.int64()) // aborted transactions: none
      return { code, highWatermark, records: Buffer.from(response.bytes()) }
    })
  })
  return topics[0]?.[0] as Fetched
}

export async function listOffset(
  client: WireClient,
  topic: string,
  timestamp: number,
): Promise<{ code: number; timestamp: number; offset: number }> {
  const response = await client.request(ApiKey.ListOffsets, 1, (w) => {
    w.int32(-1).array([topic], (name) => {
      w.string(name).array([0], (p) => w.int32(p).int64(timestamp))
    })
  })
  const topics = response.array(() => {
    response.string()
    return response.array(() => {
      response.int32()
      return { code: response.int16(), timestamp: response.int64(), offset: response.int64() }
    })
  })
  return topics[0]?.[0] as { code: number; timestamp: number; offset: number }
}

export interface Joined {
  readonly code: number
  readonly generationId: number
  readonly protocol: string
  readonly leaderId: string
  readonly memberId: string
  readonly members: string[]
}

export interface JoinOptions {
  readonly memberId?: string
  readonly instanceId?: string | null
  readonly sessionTimeoutMs?: number
  readonly rebalanceTimeoutMs?: number
  readonly protocols?: readonly string[]
  readonly version?: number
}

export async function joinGroup(
  client: WireClient,
  group: string,
  options: JoinOptions = {},
): Promise<Joined> {
  const { memberId = '', instanceId = null, sessionTimeoutMs = 10_000, rebalanceTimeoutMs = 10_000 } = options
  const { protocols = ['range'], version = 5 } = options
  const response = await client.request(ApiKey.JoinGroup, version, (w) => {
    w.string(group).int32(sessionTimeoutMs)
    if (version >= 1) w.int32(rebalanceTimeoutMs)
    w.string(memberId)
    if (version >= 5) w.nullableString(instanceId)
    w.string('consumer').array(protocols, (name) => w.string(name).bytes(Buffer.from(`meta-${name}`)))
  })
  if (version >= 2) response.int32()
  return {
    code: response.int16(),
    generationId: response.int32(),
    protocol: response.string(),
    leaderId: response.string(),
    memberId: response.string(),
    members: response.array(() => {
      const id = response.string()
      if (version >= 5) response.nullableString()
      response.bytes()
      return id
    }),
  }
}

export async function syncGroup(
  client: WireClient,
  group: string,
  joined: Joined,
  assignments: Record<string, string> = {},
): Promise<{ code: number; assignment: string }> {
  const response = await client.request(ApiKey.SyncGroup, 1, (w) => {
    w.string(group).int32(joined.generationId).string(joined.memberId)
    w.array(Object.entries(assignments), ([id, text]) => w.string(id).bytes(Buffer.from(text)))
  })
  response.int32()
  return { code: response.int16(), assignment: response.bytes().toString() }
}

export async function heartbeat(client: WireClient, group: string, joined: Joined): Promise<number> {
  const response = await client.request(ApiKey.Heartbeat, 1, (w) => {
    w.string(group).int32(joined.generationId).string(joined.memberId)
  })
  response.int32()
  return response.int16()
}

export async function commitOffset(
  client: WireClient,
  group: string,
  { generationId, memberId }: { generationId: number; memberId: string },
  { topic, offset, metadata = '' }: { topic: string; offset: number; metadata?: string },
): Promise<number> {
  const response = await client.request(ApiKey.OffsetCommit, 5, (w) => {
    w.string(group).int32(generationId).string(memberId)
    w.array([topic], (name) => {
      w.string(name).array([0], (p) => w.int32(p).int64(offset).nullableString(metadata))
    })
  })
  response.int32()
  const topics = response.array(() => {
    response.string()
    return response.array(() => {
      response.int32()
      return response.int16()
    })
  })
  return topics[0]?.[0] as number
}
