import { expect } from 'vitest'
import { faultRow } from '../support/fault-row.ts'
import { startInstallation } from '../support/installation.ts'
import { startTraffic } from '../support/traffic.ts'

const RIDES = 50
const FOLLOWERS_EACH = 10

faultRow(
  '[FAULT7] push instance killed with 500 customers on it',
  {
    promise: 'The customers come back to the other instance and have every point.',
    injected: `kill -9 of the instance that ${RIDES * FOLLOWERS_EACH} customers are connected to; ${RIDES} riders post a point a second each to the other one; one PostgreSQL`,
  },
  async () => {
    const { start } = await startInstallation()
    const [a, b] = await Promise.all([start('a'), start('b')])
    let customersGoTo = b.url
    const traffic = await startTraffic({
      urls: () => [a.url],
      followerUrls: () => [customersGoTo],
      rides: RIDES,
      followersEach: FOLLOWERS_EACH,
      everyMs: 1_000,
    })
    await traffic.flows(250)
    await b.kill9()
    customersGoTo = a.url
    const recoveredInMs = await traffic.recovered()
    expect(traffic.followers.every((follower) => follower.connected())).toBe(true)
    await traffic.flows(100)
    return { ...(await traffic.settle()), recoveredInMs }
  },
)
