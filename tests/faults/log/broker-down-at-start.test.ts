import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import { startApp } from '../../support/app.ts'
import { freePort } from '../../support/free-port.ts'
import { pollUntil } from '../../support/poll-until.ts'
import { faultRow } from '../support/fault-row.ts'
import { startKafkaThatBreaks } from '../support/kafka-that-breaks.ts'
import { startTraffic, UNLIMITED } from '../support/traffic.ts'

const AWAY_FOR_MS = 10_000
const READY_WITHIN_MS = 120_000

faultRow(
  '[FAULT1] broker down at start',
  {
    promise:
      'The app waits for it 45 s, alive but not ready, and serves as soon as it is there; else it ends with 1 and says what to do.',
    injected: 'nothing listens at KAFKA_BROKERS: for one app 10 s long, for another for ever',
  },
  async () => {
    const kafka = await startKafkaThatBreaks({ started: false })
    const [port, nowhere] = [await freePort(), await freePort()]
    const ended = startApp({
      env: { KAFKA_BROKERS: `127.0.0.1:${nowhere}` },
      readyWithinMs: READY_WITHIN_MS,
    }).then(
      () => 'it was ready',
      (error: Error) => error.message,
    )
    const serving = startApp({
      env: { ...kafka.settings, ...UNLIMITED, PORT: String(port) },
      readyWithinMs: READY_WITHIN_MS,
    })
    const status = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status
    await pollUntil(async () => (await status('/healthz')) === 200, {
      withinMs: 60_000,
      what: 'an app alive',
    })
    // How long it is away, not a wait for something.
    await delay(AWAY_FOR_MS)
    expect([await status('/healthz'), await status('/readyz')]).toEqual([200, 503])

    await kafka.start()
    const backMs = performance.now()
    const app = await serving
    const servesAfterMs = Math.round(performance.now() - backMs)
    expect(app.logs()).toContain('Kafka does not answer yet; waiting for it')
    const traffic = await startTraffic({ urls: () => [app.url] })
    await traffic.flows(100)
    const figures = await traffic.settle()

    const words = await ended
    expect(words).toContain(`Kafka at 127.0.0.1:${nowhere} has not answered for 45 s. Check that it runs`)
    expect(words).toContain('ended with 1')
    expect(words).not.toMatch(/^\s+at /m)
    return { ...figures, recoveredInMs: servesAfterMs }
  },
)
