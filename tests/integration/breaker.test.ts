import { describe, expect, it } from 'vitest'
import { createApi, fixAt } from '../support/api.ts'
import { startApp } from '../support/app.ts'
import { APP_KAFKA } from '../support/app-log.ts'
import { childrenOf } from '../support/child-processes.ts'
import { pollUntil } from '../support/poll-until.ts'

/** Who waits for the deadline waits for 1.6 s at least. */
const AT_ONCE_MS = 1_000

/** The broker is our own child here: it can be frozen. */
describe.skipIf(process.env[APP_KAFKA])('the breaker before Kafka', () => {
  it('[CB1] opens after failures in a row, then refuses at once, lets one ask, and closes when Kafka is back', async () => {
    const app = await startApp()
    const api = createApi(app.url)
    const created = await api.createDelivery()
    const state = async () => {
      const metrics = await (await api.call('/metrics')).text()
      return /^rider_live_log_breaker_state\{state="(\w+)".*\} 1$/m.exec(metrics)?.[1]
    }
    let seq = 0
    // A point that is known already would not ask Kafka: the frozen broker takes the first ones when it goes on.
    const post = async () => {
      seq += 1
      const startedMs = performance.now()
      const { status } = await api.postLocations(created, [fixAt(created, seq)])
      return { status, tookMs: performance.now() - startedMs }
    }
    expect(await state()).toBe('Closed')
    const [broker] = childrenOf(app.pid, 'embedded-kafka')
    if (!broker) throw new Error('the broker is not there')
    process.kill(broker, 'SIGSTOP')
    try {
      await pollUntil(async () => (await post()).status === 503 && (await state()) === 'Open', {
        withinMs: 30_000,
        what: 'the open breaker',
      })
      // While it is open nobody waits; now and then one is let through to ask, and that one waits for its deadline.
      const answers = []
      for (let i = 0; i < 10; i += 1) answers.push(await post())
      expect(answers.every(({ status }) => status === 503)).toBe(true)
      expect(answers.filter(({ tookMs }) => tookMs < AT_ONCE_MS).length).toBeGreaterThanOrEqual(6)
    } finally {
      process.kill(broker, 'SIGCONT')
    }
    await pollUntil(async () => (await post()).status === 202 && (await state()) === 'Closed', {
      withinMs: 40_000,
      what: 'the closed breaker',
    })
    expect(app.logs()).toContain('The breaker before Kafka changed its state')
  })
})
