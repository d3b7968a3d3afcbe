import type { Location } from '#contracts/location.ts'
import type { LiveDeliveries } from './live-deliveries.ts'
import type { ReadHistory } from './read-history.ts'
import { writeGeoJson } from './write-geojson.ts'
import { writeGpx } from './write-gpx.ts'

export type TrackFormat = 'gpx' | 'geojson'
export type ExportTrack = (deliveryId: string, format: TrackFormat) => Promise<AsyncIterable<string>>

const WRITERS = { gpx: writeGpx, geojson: writeGeoJson }
const PAGE = 1_000

/**
 * The ride as it is stored, also after its end, page by page: a long one never stands in memory as a whole.
 * @throws ProblemError `not_found` or `log_unavailable`, before the first piece
 */
export function createExportTrack({
  live,
  readHistory,
}: {
  live: LiveDeliveries
  readHistory: ReadHistory
}): ExportTrack {
  return async (deliveryId, format) => {
    const { record } = await live.get(deliveryId)
    const first = await readPage(deliveryId, 0)
    return WRITERS[format](record.delivery, pagesFrom(deliveryId, first))
  }

  async function* pagesFrom(deliveryId: string, first: Page): AsyncGenerator<Location[]> {
    for (let page = first; ; page = await readPage(deliveryId, page.lastSeq)) {
      yield page.locations
      if (!page.isFull) return
    }
  }

  async function readPage(deliveryId: string, afterSeq: number): Promise<Page> {
    // One more than asked for tells whether there is another page.
    const found = await readHistory(deliveryId, { afterSeq, limit: PAGE + 1 })
    const locations = found.slice(0, PAGE)
    return { locations, isFull: found.length > PAGE, lastSeq: locations.at(-1)?.seq ?? afterSeq }
  }
}

type Page = { locations: Location[]; isFull: boolean; lastSeq: number }
