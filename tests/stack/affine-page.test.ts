import { expect, type TestContext, test } from 'vitest'
import type { CreateDeliveryAnswer } from '#contracts/http.ts'
import { createApi, fixAt } from '../support/api.ts'
import { atEnd } from '../support/at-end.ts'
import { pollUntil } from '../support/poll-until.ts'
import { readMetric } from '../support/read-metric.ts'
import { connectedCustomers } from './support/connected-customers.ts'
import { openCustomerPage, whyNoBrowser } from './support/customer-page.ts'
import { startGateway } from './support/gateway.ts'
import { type Stack, startStack } from './support/stack.ts'

const AFFINE = { PUSH: 'affine', INSTANCE_HOST: '127.0.0.1', TILE_URL: 'off' }
const SHARE = 3
const WITHIN = { withinMs: 120_000 }
const POST_EVERY_MS = 500
const USUAL = '/socket.io/'

/** Two instances, and a ride of which the second one has the delivery. */
async function startRide(context: TestContext) {
  const noBrowser = whyNoBrowser()
  if (noBrowser) return context.skip(noBrowser)
  const stack = await startStack(context, AFFINE)
  await isShared(stack)
  const created = await deliveryOfTheSecond(stack)
  ride(stack, created)
  return { stack, link: created.customer.url }
}

const isShared = ({ instances }: Stack) =>
  pollUntil(
    async () => {
      const placed = instances.map(({ url }) => readMetric(url, 'rider_live_partitions', 'state="placed"'))
      return (await Promise.all(placed)).every((partitions) => partitions === SHARE)
    },
    { ...WITHIN, what: 'each instance has its share' },
  )

async function deliveryOfTheSecond({ instances: [first] }: Stack): Promise<CreateDeliveryAnswer> {
  const { url } = first as Stack['instances'][number]
  const sentOn = () => readMetric(url, 'rider_live_calls_sent_on_total')
  return await pollUntil(
    async () => {
      const before = await sentOn()
      const created = await createApi(url).createPickedUp()
      return (await sentOn()) > before ? created : null
    },
    { ...WITHIN, what: 'a delivery that the second instance has' },
  )
}

/** Points until the end, through the gateway, as a rider's page sends them: what was refused is sent again. */
function ride({ gateway }: Stack, created: CreateDeliveryAnswer): void {
  const api = createApi(gateway.url)
  let seq = 1
  let sending = false
  const post = async () => {
    if (sending) return
    sending = true
    const answer = await api.postLocations(created, [fixAt(created, seq)]).catch(() => null)
    if (answer?.status === 202) seq += 1
    sending = false
  }
  const timer = setInterval(() => void post(), POST_EVERY_MS)
  atEnd(() => clearInterval(timer))
}

/** Resolves once the one customer is there, and nowhere else. */
const isAt = (stack: Stack, index: number) =>
  pollUntil(
    async () => {
      const counts = await Promise.all(
        stack.instances.map(({ url }) => connectedCustomers(url).catch(() => 0)),
      )
      return counts.every((count, each) => count === (each === index ? 1 : 0))
    },
    { ...WITHIN, what: `the customer at instance ${index}` },
  )

test('[AFF8] a page that comes to another instance is led to the one that has the delivery, away from it when that stops, and back', async (context) => {
  const { stack, link } = await startRide(context)
  const [first, second] = stack.instances as [Stack['instances'][number], Stack['instances'][number]]
  // Whatever has no instance in its path comes to the first.
  const door = await startGateway([first.port])
  const page = await openCustomerPage(door.url + link)
  await page.isLive()
  await isAt(stack, 1)
  expect(page.sockets).toEqual([USUAL, `/at/127.0.0.1:${second.port}${USUAL}`])

  expect(page.complaints).toEqual([])

  await second.stop()
  await page.isLive()
  await isAt(stack, 0)
  await stack.startAgain(1)
  await isShared(stack)
  await isAt(stack, 1)
  await page.isLive()
  // Until the first has heard of the stop it may send the page there, and the browser prints what the gateway answers.
  const ofTheStop = new RegExp(`/at/127\\.0\\.0\\.1:${second.port}/socket\\.io/.* 50[23]`)
  expect(page.complaints.filter((complaint) => !ofTheStop.test(complaint))).toEqual([])
})

test('[AFF8] a page whose door leads to no other instance is served where it asks, and nothing is amiss', async (context) => {
  const { stack, link } = await startRide(context)
  const [first, second] = stack.instances as [Stack['instances'][number], Stack['instances'][number]]
  const page = await openCustomerPage(first.url + link)
  await page.isLive()
  await isAt(stack, 0)
  expect(page.sockets.slice(0, 2)).toEqual([USUAL, `/at/127.0.0.1:${second.port}${USUAL}`])
  expect(page.complaints).toEqual([])
})
