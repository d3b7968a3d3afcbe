import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** First offset of each segment of a partition, or null where that cannot be known. */
export type ReadSegments = (topic: string, partition: number) => Promise<number[] | null>

/** Kafka's API does not show segments. */
export const noSegments: ReadSegments = async () => null

const SEGMENT = /^(\d{20})\.log$/

/** From the files of the embedded broker: each segment is named after its first offset, as in Kafka. */
export function embeddedSegments(dataDir: string): ReadSegments {
  return async (topic, partition) => {
    // There is no folder before the first record.
    const files = await readdir(join(dataDir, 'kafka', `${topic}-${partition}`)).catch(() => [])
    return files
      .flatMap((file) => SEGMENT.exec(file)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b)
  }
}
