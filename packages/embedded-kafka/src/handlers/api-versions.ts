import { API_VERSIONS, ApiKey, type ApiName } from '../protocol/api-versions.ts'
import { ErrorCode } from '../protocol/errors.ts'
import type { ResponseWriter } from '../protocol/writer.ts'
import type { Handler } from './handler.ts'

/** The first request of every client: what can this broker do? (KIP-35) */
export const apiVersions: Handler = (_request, response, { apiVersion }) => {
  response.int16(ErrorCode.NONE)
  writeRanges(response)
  if (apiVersion >= 1) response.int32(0) // throttle_time_ms
  return undefined
}

/** The answer to a version from the future, in the oldest layout: the client then asks again with one of ours (KIP-511). */
export function unsupportedApiVersions(response: ResponseWriter): void {
  response.int16(ErrorCode.UNSUPPORTED_VERSION)
  writeRanges(response)
}

function writeRanges(response: ResponseWriter): void {
  response.array(Object.keys(API_VERSIONS) as ApiName[], (name) => {
    response.int16(ApiKey[name]).int16(API_VERSIONS[name].min).int16(API_VERSIONS[name].max)
  })
}
