import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import { startApp } from '../../support/app.ts'
import { pollUntil } from '../../support/poll-until.ts'
import { embeddedPostgresOf } from '../support/embedded-postgres.ts'
import { faultRow } from '../support/fault-row.ts'
import { mountSmallDisk } from '../support/small-disk.ts'
import { startTraffic, UNLIMITED } from '../support/traffic.ts'

const DISK_MB = 62
const FULL_FOR_MS = 20_000

faultRow(
  '[FAULT29] S1: disk full under all of an app’s data',
  {
    promise:
      'Posts are refused in words, /healthz answers, nothing acknowledged is lost, and all goes on by itself once there is room; SIGTERM is obeyed.',
    injected: `DATA_DIR (log and database) on a disk of ${DISK_MB} MB, filled to the last page for ${FULL_FOR_MS / 1_000} s; twice, and stopped in a third time; 10 riders at 20 points/s each, 20 customers`,
  },
  async ({ skip }) => {
    const disk = mountSmallDisk(DISK_MB)
    if ('skipped' in disk) return skip(disk.skipped)
    const app = await startApp({ dataDir: disk.path, env: UNLIMITED })
    const postgres = embeddedPostgresOf(app)
    const traffic = await startTraffic({ urls: () => [app.url], rides: 10, everyMs: 50 })
    await traffic.flows(200)
    let recoveredInMs = 0
    for (let round = 1; round <= 2; round += 1) {
      const refusedBefore = traffic.answered(503)
      disk.fill()
      await pollUntil(() => traffic.answered(503) > refusedBefore, {
        withinMs: 60_000,
        what: 'posts refused',
      })
      const fullUntilMs = performance.now() + FULL_FOR_MS
      while (performance.now() < fullUntilMs) {
        await postgres.expectAlive()
        await delay(250)
      }
      disk.free()
      recoveredInMs = Math.max(recoveredInMs, await traffic.recovered())
      await traffic.flows(200)
    }
    for (const ride of traffic.rides) expect([...ride.answers.keys()].sort()).toEqual([202, 503])
    const settled = await traffic.settle()
    disk.fill()
    await app.stop()
    const died = app.logs().split('The embedded PostgreSQL died').length - 1
    const seen = `${traffic.answered(503)} posts refused; PostgreSQL ended ${died} times of the full disk`
    return { ...settled, recoveredInMs, seen }
  },
)
