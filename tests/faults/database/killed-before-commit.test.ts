import { expect } from 'vitest'
import { startApp } from '../../support/app.ts'
import { pollUntil } from '../../support/poll-until.ts'
import { readMetric } from '../../support/read-metric.ts'
import { tempDir } from '../../support/temp-dir.ts'
import { API_KEY } from '../support/drop-requests.ts'
import { faultRow } from '../support/fault-row.ts'
import { watchHistory } from '../support/history-offsets.ts'
import { startKafkaThatBreaks } from '../support/kafka-that-breaks.ts'
import { startTraffic, UNLIMITED } from '../support/traffic.ts'

const ROUNDS = 3

faultRow(
  '[FAULT6] app killed between the database write and the offset commit',
  {
    promise:
      'What was stored but not committed is delivered to the history again, and changes nothing there.',
    injected: `commits get lost on the way to the broker; kill -9 of the app once more is stored; ${ROUNDS} times; 8 riders at 20 points/s each, 8 customers`,
  },
  async () => {
    const kafka = await startKafkaThatBreaks()
    const dataDir = tempDir()
    const start = () => startApp({ dataDir, env: { ...kafka.settings, ...UNLIMITED } })
    let app = await start()
    const stored = () => readMetric(app.url, 'rider_live_locations_stored_total')
    const offsets = await watchHistory({
      broker: kafka.settings.KAFKA_BROKERS,
      inKafka: (name) => kafka.settings.KAFKA_PREFIX + name,
    })
    const caughtUp = () =>
      pollUntil(
        async () => {
          const { committed, end } = await offsets()
          return committed === end && end > 0
        },
        { withinMs: 60_000, what: 'everything in the log committed by the history' },
      )
    const traffic = await startTraffic({ urls: () => [app.url], rides: 8, followersEach: 1, everyMs: 50 })

    /** The log before this process: what it has read and not written was there already. */
    let [storedBefore, twice] = [0, 0]
    for (let round = 1; round <= ROUNDS; round += 1) {
      await traffic.flows(100)
      kafka.lose(API_KEY.offsetCommit, true)
      await pollUntil(async () => storedBefore + (await stored()) > (await offsets()).committed, {
        withinMs: 30_000,
        what: 'more stored than committed',
      })
      storedBefore += await stored()
      await app.kill9()
      kafka.lose(API_KEY.offsetCommit, false)
      const { committed } = await offsets()
      // Each record below the committed offset is a row, and so are these: they will be read a second time.
      expect(storedBefore).toBeGreaterThan(committed)
      twice += storedBefore - committed
      app = await start()
      await traffic.flows(100)
    }
    const recoveredInMs = await traffic.recovered()
    const figures = await traffic.settle()
    await caughtUp()
    const seen = `${twice} records that were stored already were read a second time; all offsets are committed`
    return { ...figures, recoveredInMs, seen }
  },
)
