import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import { startApp } from '../../support/app.ts'
import { isRunning } from '../../support/child-processes.ts'
import { pollUntil } from '../../support/poll-until.ts'
import { faultRow } from '../support/fault-row.ts'
import { startKafkaThatBreaks } from '../support/kafka-that-breaks.ts'
import { mountSmallDisk } from '../support/small-disk.ts'
import { startTraffic, UNLIMITED } from '../support/traffic.ts'

const DISK_MB = 200
const FULL_FOR_MS = 8_000

faultRow(
  '[FAULT17] disk full under the broker',
  {
    promise: 'Posts are refused, nothing acknowledged is lost, and all goes on once there is room.',
    injected: `the broker's disk (${DISK_MB} MB) filled to the last page for 8 s; a broker that ends of it is started again; afterwards a kill -9 and a start; 10 riders at 10 points/s each, 20 customers`,
  },
  async ({ skip }) => {
    const disk = mountSmallDisk(DISK_MB)
    if ('skipped' in disk) return skip(disk.skipped)
    const kafka = await startKafkaThatBreaks({ directory: disk.path })
    const app = await startApp({ env: { ...kafka.settings, ...UNLIMITED } })
    const traffic = await startTraffic({ urls: () => [app.url], rides: 10, everyMs: 100 })
    await traffic.flows(200)

    disk.fill()
    // How long it is full, not a wait for something.
    await delay(FULL_FOR_MS)
    await pollUntil(() => traffic.answered(503) > 0, { withinMs: 60_000, what: 'posts refused' })
    disk.free()
    const ended = !isRunning(kafka.pid())
    if (ended) await kafka.start()
    const recoveredInMs = await traffic.recovered()
    // What the full disk has left behind is whole: the next start reads it.
    await traffic.flows(100)
    await kafka.kill9()
    await kafka.start()
    await traffic.recovered()

    for (const ride of traffic.rides) expect([...ride.answers.keys()].sort()).toEqual([202, 503])
    const seen = `${traffic.answered(503)} posts refused; the broker ${ended ? 'ended, and was started again' : 'went on by itself'}`
    return { ...(await traffic.settle()), recoveredInMs, seen }
  },
)
