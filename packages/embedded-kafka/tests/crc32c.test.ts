import { expect, test } from 'vitest'
import { crc32c } from '../src/protocol/crc32c.ts'

test('[BAT1] CRC-32C gives the check values of RFC 3720', () => {
  expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283)
  expect(crc32c(Buffer.alloc(32))).toBe(0x8a9136aa)
  expect(crc32c(Buffer.alloc(32, 0xff))).toBe(0x62a8ab43)
  expect(crc32c(Buffer.from(Array.from({ length: 32 }, (_, i) => i)))).toBe(0x46dd794e)
})

test('[BAT1] it covers exactly the bytes asked for, whatever their number', () => {
  const bytes = Buffer.from(Array.from({ length: 70 }, (_, i) => (i * 37) & 0xff))
  for (let start = 0; start < 9; start++) {
    for (let end = start; end <= bytes.length; end++) {
      expect(crc32c(bytes, start, end)).toBe(bitByBit(bytes.subarray(start, end)))
    }
  }
})

function bitByBit(bytes: Buffer): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1
  }
  return ~crc >>> 0
}
