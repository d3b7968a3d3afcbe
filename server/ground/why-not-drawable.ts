import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

/** https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md */
const HEADER_BYTES = 127
const MAGIC = 'PMTiles'
const VERSION = 3
const NONE = 1
const GZIP = 2
const VECTOR = 1
const MOST_METADATA_BYTES = 4 * 1_024 * 1_024
/** Of the layers of the Protomaps basemap those that a map is not one without. */
const NEEDED_LAYERS = ['earth', 'roads']

/**
 * Reads what stands at the beginning of an archive, and returns why the pages could not draw it; null when they can. What a
 * browser cannot tell in words is so told at the start: no archive, one that was cut off, raster tiles, another schema.
 */
export function whyNotDrawable(path: string): string | null {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (error) {
    return `${path} cannot be read (${(error as NodeJS.ErrnoException).code})`
  }
  try {
    const stat = fstatSync(file)
    if (!stat.isFile()) return `${path} is no file`
    return whyNotHeader(file, stat.size)
  } finally {
    closeSync(file)
  }
}

function whyNotHeader(file: number, size: number): string | null {
  const header = readBytes(file, 0, HEADER_BYTES)
  if (header.length < HEADER_BYTES || header.toString('latin1', 0, 7) !== MAGIC)
    return 'the file is no archive'
  if (header[7] !== VERSION) return `it has version ${header[7]} of the format`
  const [metadataAt, metadataBytes] = [lengthAt(header, 24), lengthAt(header, 32)]
  if (lengthAt(header, 56) + lengthAt(header, 64) > size) return 'it is cut off: an interrupted download?'
  const [inside, ofTiles] = [header[97], header[98]]
  if (![NONE, GZIP].includes(inside ?? 0) || ![NONE, GZIP].includes(ofTiles ?? 0))
    return 'it is packed with something else than gzip'
  if (header[99] !== VECTOR) return 'its tiles are images'
  if (metadataBytes > MOST_METADATA_BYTES) return 'its metadata are no metadata'
  return whyNotLayers(readBytes(file, metadataAt, metadataBytes), inside === GZIP)
}

function whyNotLayers(metadata: Buffer, isPacked: boolean): string | null {
  try {
    const { vector_layers: layers } = JSON.parse(String(isPacked ? gunzipSync(metadata) : metadata)) as {
      vector_layers?: { id: string }[]
    }
    // An archive need not say which layers it has.
    if (!Array.isArray(layers)) return null
    const ids = layers.map(({ id }) => id)
    const missing = NEEDED_LAYERS.filter((name) => !ids.includes(name))
    if (missing.length === 0) return null
    return `it has no layer ${missing.join(' and ')}, which a Protomaps basemap has (its layers: ${ids.join(', ')})`
  } catch {
    return 'its metadata cannot be read'
  }
}

function readBytes(file: number, at: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes)
  return buffer.subarray(0, readSync(file, buffer, 0, bytes, at))
}

const lengthAt = (header: Buffer, at: number) => Number(header.readBigUInt64LE(at))
