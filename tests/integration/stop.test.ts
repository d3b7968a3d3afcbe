import { expect, it } from 'vitest'
import { listLocationsAnswerSchema } from '#contracts/http.ts'
import { createApi, fixAt } from '../support/api.ts'
import { startApp } from '../support/app.ts'
import { connectCustomer } from '../support/customer.ts'
import { pollUntil } from '../support/poll-until.ts'

/** It gives itself 10 s, and ends with another code then. */
const STOP_WITHIN_MS = 12_000
const CUSTOMERS = 150

const env = { RATE_LIMIT_TOKEN: '10000', RATE_LIMIT_ADDRESS: '10000' }

it('[STOP1] [STOP2] SIGTERM under load: what was acknowledged is kept, nothing is left unanswered, exit 0 within 10 s; customers are sent away a few at a time, in a way that their pages come back', async () => {
  const app = await startApp({ env })
  const api = createApi(app.url)
  const created = await api.createDelivery()
  await api.postStatus(created, 'picked_up')
  const acknowledged: number[] = []
  const odd: string[] = []
  let next = 1
  let stopping = false
  const rider = async () => {
    while (!stopping || acknowledged.length === 0) {
      const seq = next
      next += 1
      try {
        const response = await api.postLocations(created, [fixAt(created, seq)])
        if (response.status === 202) acknowledged.push(seq)
        else odd.push(`${seq}: ${response.status}`)
        await response.arrayBuffer()
      } catch (error) {
        // The door is closed: refused before it was taken in, or closed while idle, is how that looks.
        const { code } = (error as { cause?: { code?: string } }).cause ?? {}
        if (code !== 'ECONNREFUSED' && code !== 'UND_ERR_SOCKET' && code !== 'ECONNRESET')
          odd.push(`${seq}: ${error}`)
        if (stopping) return
      }
    }
  }
  const riders = Array.from({ length: 8 }, rider)
  await pollUntil(() => acknowledged.length > 200, { withinMs: 40_000, what: 'traffic' })

  const started = performance.now()
  stopping = true
  await app.stop()
  expect(performance.now() - started).toBeLessThan(STOP_WITHIN_MS)
  await Promise.all(riders)
  expect(odd).toEqual([])

  const again = await startApp({ env, dataDir: app.dataDir })
  await pollUntil(
    async () => {
      const path = `/api/deliveries/${created.delivery.id}/locations`
      const list = await createApi(again.url).call(path, { token: created.rider.token })
      const stored = new Set(
        listLocationsAnswerSchema.parse(await list.json()).locations.map(({ seq }) => seq),
      )
      return acknowledged.every((seq) => stored.has(seq))
    },
    { withinMs: 40_000, what: 'every acknowledged point in the history' },
  )

  const customers = Array.from({ length: CUSTOMERS }, () =>
    connectCustomer(again.url, { token: created.customer.token }),
  )
  await Promise.all(customers.map((customer) => customer.greeted()))
  const leftAtMs: number[] = []
  for (const { socket } of customers) socket.on('disconnect', () => leftAtMs.push(performance.now()))
  await again.stop()
  await pollUntil(() => leftAtMs.length === CUSTOMERS, { withinMs: 20_000, what: 'all customers gone' })
  expect(Math.max(...leftAtMs) - Math.min(...leftAtMs)).toBeGreaterThan(500)
  // "io server disconnect" would tell the client library to stay away.
  expect(new Set(customers.flatMap(({ disconnects }) => disconnects))).toEqual(new Set(['transport close']))
})
