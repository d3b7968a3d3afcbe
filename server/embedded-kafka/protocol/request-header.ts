import type { RequestReader } from './reader.ts'

/**
 * Request header v1. Version 2 only appends tagged fields, and the single flexible request that can reach us
 * (ApiVersions 3, see api-versions.ts) is answered without being read further.
 * https://kafka.apache.org/protocol#protocol_messages
 */
export interface RequestHeader {
  readonly apiKey: number
  readonly apiVersion: number
  readonly correlationId: number
  readonly clientId: string
}

export function readRequestHeader(request: RequestReader): RequestHeader {
  return {
    apiKey: request.int16(),
    apiVersion: request.int16(),
    correlationId: request.int32(),
    clientId: request.string(),
  }
}
