/**
 * Returns the partition of a key, as Kafka's Java clients and kafkajs choose it: murmur2 of its bytes, without the sign.
 * https://github.com/apache/kafka/blob/3.9/clients/src/main/java/org/apache/kafka/common/utils/Utils.java
 */
export function partitionOfKey(key: string, partitions: number): number {
  const isShort = key.length * MOST_BYTES_OF_A_CHARACTER <= room.length
  const hash = isShort ? murmur2(room, room.write(key)) : hashOf(Buffer.from(key))
  return (hash & 0x7f_ff_ff_ff) % partitions
}

const SEED = 0x97_47_b2_8c
const MIX = 0x5b_d1_e9_95

const MOST_BYTES_OF_A_CHARACTER = 3
/** Nearly all keys are short: a buffer for each would be garbage of every record. */
const room = Buffer.alloc(256)

const hashOf = (bytes: Buffer) => murmur2(bytes, bytes.length)

function murmur2(bytes: Buffer, length: number): number {
  let hash = SEED ^ length
  let at = 0
  for (; at + 4 <= length; at += 4) {
    const mixed = Math.imul(bytes.readInt32LE(at), MIX)
    hash = Math.imul(hash, MIX) ^ Math.imul(mixed ^ (mixed >>> 24), MIX)
  }
  if (at < length) {
    for (let rest = length - 1; rest >= at; rest -= 1) hash ^= (bytes[rest] as number) << (8 * (rest - at))
    hash = Math.imul(hash, MIX)
  }
  hash = Math.imul(hash ^ (hash >>> 13), MIX)
  return hash ^ (hash >>> 15)
}
