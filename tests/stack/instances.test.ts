import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { startTraffic } from '../faults/support/traffic.ts'
import { connectCustomer } from '../support/customer.ts'
import { connectedCustomers } from './support/connected-customers.ts'
import { startStack } from './support/stack.ts'

const BACK_WITHIN_MS = 5_000
/** 20 rides with 15 customers each. */
const CROWD = { rides: 20, followersEach: 15, everyMs: 200 }
const NEWCOMER_EVERY_MS = 200

test('[STACK1] riders and customers are spread over the instances, and every point reaches every customer', async (context) => {
  const stack = await startStack(context)
  const traffic = await startTraffic({ urls: () => [stack.gateway.url], ...CROWD })
  for (const { url } of stack.instances) expect(await connectedCustomers(url)).toBeGreaterThan(50)
  await traffic.flows(500)
  const figures = await traffic.settle()
  const served = new Set(stack.gateway.accessLog().map(({ upstream }) => upstream))
  expect(served.size).toBeGreaterThanOrEqual(stack.instances.length)
  console.log(`STACK1: ${JSON.stringify(figures)}`)
})

test('[STACK2] killed with -9 under 100 posts/s and 300 customers, an instance is missed by nobody', async (context) => {
  const stack = await startStack(context)
  const traffic = await startTraffic({ urls: () => [stack.gateway.url], ...CROWD })
  await traffic.flows(300)
  await stack.instances[1]?.kill9()
  const recoveredInMs = await traffic.recovered()
  await traffic.flows(300)
  console.log(`STACK2: ${JSON.stringify({ ...(await traffic.settle()), recoveredInMs })}`)
})

test('[STACK3] one instance after the other is stopped and started under load: no post fails, and every customer is back within 5 s', async (context) => {
  const stack = await startStack(context)
  // An app that starts takes a processor for itself: where there are two, fewer rides leave it one.
  const rides = Number(process.env.RESTART_RIDES ?? CROWD.rides)
  const traffic = await startTraffic({ urls: () => [stack.gateway.url], ...CROWD, rides })
  await traffic.flows(300)
  let slowestNewcomerMs = 0
  for (const index of stack.instances.keys()) {
    const staying = stack.instances[1 - index]?.url as string
    const newcomers = greetNewcomers(staying, traffic.rides[0]?.created.customer.token as string)
    try {
      await stack.instances[index]?.stop()
      await stack.startAgain(index)
      await traffic.recovered()
    } finally {
      slowestNewcomerMs = Math.max(slowestNewcomerMs, await newcomers.stop())
    }
    await traffic.flows(200)
  }
  const failed = traffic.rides.flatMap(({ answers }) => [...answers].filter(([status]) => status !== 202))
  const losses = traffic.followers.flatMap(({ awayMs }) => awayMs)
  const longestAwayMs = Math.round(Math.max(...losses))
  const figures = await traffic.settle()
  console.log(
    `STACK3: ${JSON.stringify({ ...figures, failed, reconnects: losses.length, longestAwayMs, slowestNewcomerMs })}`,
  )
  expect(failed).toEqual([])
  expect(losses.length).toBeGreaterThanOrEqual(traffic.followers.length)
  expect(longestAwayMs).toBeLessThan(BACK_WITHIN_MS + slowestNewcomerMs)
})

/**
 * One new customer after the other at an instance that is left alone. What the slowest of them waits for the greeting is
 * what this machine, which starts an app at the same time, adds for those who come back.
 */
function greetNewcomers(url: string, token: string): { stop(): Promise<number> } {
  let over = false
  let slowestMs = 0
  const greeting = (async () => {
    while (!over) {
      const startedMs = performance.now()
      const customer = connectCustomer(url, { token })
      await customer.greeted()
      slowestMs = Math.max(slowestMs, performance.now() - startedMs)
      customer.socket.disconnect()
      await delay(NEWCOMER_EVERY_MS)
    }
  })()
  // Told at the end.
  greeting.catch(() => {})
  return {
    async stop() {
      over = true
      await greeting
      return Math.round(slowestMs)
    },
  }
}
