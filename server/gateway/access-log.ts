import type { LineLogger } from '../logger.ts'

type Line = {
  requestId: string
  traceId: string | undefined
  method: string | undefined
  /** Without the query, which may hold private things; tokens never travel there. */
  path: string
  status: number
  ms: number
  address: string
}

/** One line for each call of the API, and at level `debug` for every other request. */
export type AccessLog = (line: Line, isApi: boolean) => void

/** Of successful calls one in `oneIn` leaves a line; every failed call leaves one. */
export function createAccessLog(oneIn: number, lines: LineLogger): AccessLog {
  let calls = 0
  return (line, isApi) => {
    if (!isApi) return lines.debug(line, 'request')
    if (line.status < 400) {
      calls += 1
      if (calls < oneIn) return
      calls = 0
    }
    lines.info(line, 'request')
  }
}
