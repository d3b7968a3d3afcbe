/** How the Kafka protocol numbers its requests. */
export const API_KEY = { offsetCommit: 8 } as const

/** Lets whole Kafka requests pass, but for those of the given kinds (frame: 4 bytes length, 2 bytes API key, …). */
export function dropRequests(dropped: ReadonlySet<number>): (chunk: Buffer) => Buffer {
  let rest = Buffer.alloc(0)
  return (chunk) => {
    const bytes = Buffer.concat([rest, chunk])
    const passing: Buffer[] = []
    let at = 0
    while (bytes.length - at >= 6) {
      const end = at + 4 + bytes.readInt32BE(at)
      if (bytes.length < end) break
      if (!dropped.has(bytes.readInt16BE(at + 4))) passing.push(bytes.subarray(at, end))
      at = end
    }
    rest = bytes.subarray(at)
    return Buffer.concat(passing)
  }
}
