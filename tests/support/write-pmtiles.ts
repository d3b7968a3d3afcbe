import { writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { zxyToTileId } from 'pmtiles'

/** `data`: one vector tile, not packed. */
export type MapTile = { z: number; x: number; y: number; data: Uint8Array }
export type MapExtent = { south: number; west: number; north: number; east: number }

const HEADER_BYTES = 127
const GZIP = 2
const VECTOR = 1

/**
 * Writes an archive, version 3 of the format (https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md): header, root
 * directory, metadata, tiles. All entries stand in the root directory, so it is for some thousand tiles.
 */
export function writePmtiles(
  path: string,
  tiles: readonly MapTile[],
  { south, west, north, east }: MapExtent,
): void {
  const sorted = tiles
    .map(({ z, x, y, data }) => ({ id: zxyToTileId(z, x, y), data: gzipSync(data) }))
    .sort((a, b) => a.id - b.id)
  const directory = gzipSync(directoryOf(sorted))
  const layers = ['earth', 'landuse', 'water', 'buildings', 'roads', 'places', 'pois'].map((id) => ({
    id,
    fields: {},
  }))
  const metadata = gzipSync(JSON.stringify({ attribution: 'Rider Live', vector_layers: layers }))
  const data = Buffer.concat(sorted.map((tile) => tile.data))
  const [directoryAt, metadataAt] = [HEADER_BYTES, HEADER_BYTES + directory.length]
  const dataAt = metadataAt + metadata.length

  const header = Buffer.alloc(HEADER_BYTES)
  header.write('PMTiles', 0, 'latin1')
  header[7] = 3
  const lengths = [directoryAt, directory.length, metadataAt, metadata.length, 0, 0, dataAt, data.length]
  for (const [i, value] of [...lengths, sorted.length, sorted.length, sorted.length].entries())
    header.writeBigUInt64LE(BigInt(value), 8 + i * 8)
  const zooms = tiles.map(({ z }) => z)
  header.set([1, GZIP, GZIP, VECTOR, Math.min(...zooms), Math.max(...zooms)], 96)
  for (const [i, degrees] of [west, south, east, north].entries())
    header.writeInt32LE(Math.round(degrees * 1e7), 102 + i * 4)
  writeFileSync(path, Buffer.concat([header, directory, metadata, data]))
}

/** Numbers of tiles by their differences, run lengths, lengths, and offsets: 0 where a tile follows the one before it. */
function directoryOf(entries: readonly { id: number; data: Buffer }[]): Buffer {
  const ids = entries.map(({ id }, i) => id - (entries[i - 1]?.id ?? 0))
  const offsets = entries.map((_, i) => (i === 0 ? 1 : 0))
  const numbers = [entries.length, ...ids, ...entries.map(() => 1), ...entries.map(({ data }) => data.length)]
  return Buffer.from([...numbers, ...offsets].flatMap(varint))
}

function varint(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  while (rest >= 128) {
    bytes.push((rest % 128) + 128)
    rest = Math.floor(rest / 128)
  }
  return [...bytes, rest]
}
