import type { RequestReader } from './reader.ts'

/**
 * Request header v1. Version 2, that of flexible requests, only appends tagged fields: the client id keeps its plain encoding.
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
