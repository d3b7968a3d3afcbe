import { randomBytes } from 'node:crypto'
import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { PMTiles } from 'pmtiles'
import { expect, test } from 'vitest'
import { MAP_PATH } from '#contracts/map-path.ts'
import { createApi, fixAt } from '../support/api.ts'
import { type Board, openBoard } from '../support/board.ts'
import { pollUntil } from '../support/poll-until.ts'
import { openRaw } from '../support/raw-connection.ts'
import { readMetric } from '../support/read-metric.ts'
import { tempDir } from '../support/temp-dir.ts'
import { writePmtiles } from '../support/write-pmtiles.ts'
import { startStack } from './support/stack.ts'

const SOON = { withinMs: 30_000 }

test('[STACK20] a board that comes through the gateway shows the deliveries of both instances, also after one has been restarted', async (context) => {
  const { gateway, instances, startAgain } = await startStack(context)
  const boards: Board[] = [openBoard(gateway.url), openBoard(gateway.url)]
  await Promise.all(boards.map((board) => board.greeted()))
  const boardsOf = (index: number) =>
    readMetric(instances[index]?.url as string, 'rider_live_boards_connected')
  expect(await Promise.all([boardsOf(0), boardsOf(1)])).toEqual([1, 1])

  const apis = instances.map(({ url }) => createApi(url))
  const rides = await Promise.all(
    apis.map(async (api) => {
      const created = await api.createPickedUp()
      return { created, id: created.delivery.id, seq: 0 }
    }),
  )
  /** Each ride is reported at either instance in turn, and once through the gateway. */
  async function reportEverywhere(through: readonly string[]): Promise<void> {
    for (const ride of rides)
      for (const url of [...through, gateway.url]) {
        ride.seq += 1
        expect(
          (await createApi(url).postLocations(ride.created, [fixAt(ride.created, ride.seq)])).status,
        ).toBe(202)
      }
  }
  const allShow = async (which: readonly Board[]) => {
    for (const board of which)
      for (const { id, seq } of rides)
        await pollUntil(() => board.shows(id)?.lastLocation?.seq === seq, {
          ...SOON,
          what: `${id} at ${seq}`,
        })
  }
  await reportEverywhere(instances.map(({ url }) => url))
  await allShow(boards)

  await instances[0]?.stop()
  const cut = () => boards.filter(({ socket }) => !socket.connected)
  await pollUntil(() => cut().length === 1, { ...SOON, what: 'the end of the board of that instance' })
  const [stayed] = boards.filter(({ socket }) => socket.connected)
  if (!stayed) throw new Error('The other board has gone as well')
  await reportEverywhere([instances[1]?.url as string])
  const meanwhile = openBoard(gateway.url)
  await meanwhile.greeted()
  await allShow([stayed, meanwhile])

  await startAgain(0)
  // The fewest are there.
  const back = openBoard(gateway.url)
  await back.greeted()
  await pollUntil(async () => (await boardsOf(0)) === 1, { ...SOON, what: 'a board at the one that is back' })
  await reportEverywhere(instances.map(({ url }) => url))
  await allShow([stayed, meanwhile, back])
  const [ended] = rides
  if (ended) await apis[1]?.postStatus(ended.created, 'cancelled')
  for (const board of [stayed, meanwhile, back])
    await pollUntil(() => board.gone.includes(ended?.id ?? ''), { ...SOON, what: 'gone from each' })
})

test('[STACK21] the map’s archive comes through the gateway in the parts that are asked for, and is kept nowhere on the way', async (context) => {
  const file = join(tempDir(), 'town.pmtiles')
  const SEOUL = { south: 37.4, west: 126.9, north: 37.6, east: 127.2 }
  // More than the buffers of nginx and of the sockets hold, and not to be packed.
  const large = randomBytes(24_000_000)
  const tile = (x: number, data: Uint8Array) => ({ z: 14, x, y: 6348, data })
  writePmtiles(file, [tile(13975, new TextEncoder().encode('a tile')), tile(13976, large)], SEOUL)
  const { gateway } = await startStack(context, { MAP_FILE: file })
  const ask = (headers: Record<string, string> = {}) => fetch(gateway.url + MAP_PATH, { headers })

  const whole = await ask({ 'accept-encoding': 'gzip' })
  const bytes = Buffer.from(await whole.arrayBuffer())
  expect(whole.status).toBe(200)
  expect(whole.headers.get('content-encoding')).toBeNull()
  expect(whole.headers.get('content-length')).toBe(String(bytes.length))
  // One after the other, and the first again: no answer is taken for another.
  for (const [first, last] of [
    [0, 6],
    [100, 126],
    [0, 6],
    [bytes.length - 5, bytes.length - 1],
  ] as const) {
    const part = await ask({ range: `bytes=${first}-${last}` })
    expect([part.status, part.headers.get('content-range')]).toEqual([
      206,
      `bytes ${first}-${last}/${bytes.length}`,
    ])
    expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(first, last + 1))
  }
  const beyond = await ask({ range: `bytes=${bytes.length}-` })
  expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${bytes.length}`])
  const tag = whole.headers.get('etag') as string
  expect((await ask({ 'if-none-match': tag })).status).toBe(304)
  const archive = new PMTiles(gateway.url + MAP_PATH)
  expect(new TextDecoder().decode((await archive.getZxy(14, 13975, 6348))?.data)).toBe('a tile')

  // Who reads slowly is waited for; the rest is not put on the gateway's disk meanwhile.
  const { socket, received } = await openRaw(gateway.port)
  socket.pause()
  socket.write(`GET ${MAP_PATH} HTTP/1.1\r\nHost: 127.0.0.1:${gateway.port}\r\n\r\n`)
  for (let time = 1; time <= 20; time += 1) expect((await ask({ range: 'bytes=0-6' })).status).toBe(206)
  socket.resume()
  await pollUntil(() => received().length > bytes.length, { ...SOON, what: 'all of it' })
  expect(gateway.errorLog()).not.toContain('buffered to a temporary file')

  writePmtiles(`${file}.new`, [tile(13975, new TextEncoder().encode('another tile'))], SEOUL)
  renameSync(`${file}.new`, file)
  expect((await ask({ 'if-none-match': tag })).status).toBe(200)
  expect((await ask({ range: 'bytes=0-6', 'if-range': tag })).status).toBe(200)
  const renewed = new PMTiles(gateway.url + MAP_PATH)
  expect(new TextDecoder().decode((await renewed.getZxy(14, 13975, 6348))?.data)).toBe('another tile')
})
