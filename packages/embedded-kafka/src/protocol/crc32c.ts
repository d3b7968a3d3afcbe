/**
 * CRC-32C (Castagnoli), the checksum of record batches v2.
 * https://kafka.apache.org/documentation/#recordbatch
 *
 * Node 20's zlib knows only CRC-32, so it is written out here. "Slicing by 8" (Kounavis and Berry, 2005) looks
 * up eight bytes at once in eight tables; byte by byte would take about four times as long.
 */
const POLYNOMIAL = 0x82f63b78 // reversed

const TABLES = Array.from({ length: 8 }, () => new Uint32Array(256))
const [T0, T1, T2, T3, T4, T5, T6, T7] = TABLES as [
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
]

for (let byte = 0; byte < 256; byte++) {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1
  T0[byte] = crc >>> 0
}
for (let table = 1; table < 8; table++) {
  const previous = TABLES[table - 1] as Uint32Array
  const current = TABLES[table] as Uint32Array
  for (let byte = 0; byte < 256; byte++) {
    const crc = previous[byte] as number
    current[byte] = ((crc >>> 8) ^ (T0[crc & 0xff] as number)) >>> 0
  }
}

/** The checksum of bytes[start, end), as an unsigned 32-bit number. */
export function crc32c(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let crc = -1
  let i = start
  for (const last = end - 7; i < last; i += 8) {
    const low =
      crc ^
      ((bytes[i] as number) |
        ((bytes[i + 1] as number) << 8) |
        ((bytes[i + 2] as number) << 16) |
        ((bytes[i + 3] as number) << 24))
    crc =
      (T7[low & 0xff] as number) ^
      (T6[(low >>> 8) & 0xff] as number) ^
      (T5[(low >>> 16) & 0xff] as number) ^
      (T4[low >>> 24] as number) ^
      (T3[bytes[i + 4] as number] as number) ^
      (T2[bytes[i + 5] as number] as number) ^
      (T1[bytes[i + 6] as number] as number) ^
      (T0[bytes[i + 7] as number] as number)
  }
  for (; i < end; i++) crc = (crc >>> 8) ^ (T0[(crc ^ (bytes[i] as number)) & 0xff] as number)
  return ~crc >>> 0
}
