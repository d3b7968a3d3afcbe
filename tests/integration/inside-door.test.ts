import { beforeAll, describe, expect, it } from 'vitest'
import { createApi } from '../support/api.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { connectCustomer } from '../support/customer.ts'
import { pollUntil } from '../support/poll-until.ts'
import { visitInside } from '../support/visitor.ts'

const DISPATCH_TOKEN = 'a-dispatch-token-of-this-test'
const OUTSIDE_DEMO = { DEMO: '0', DISPATCH_TOKEN, TOKEN_SECRET: 'a-secret-of-sixteen-or-more-letters' }

let app: RunningApp
beforeAll(async () => {
  app = await startApp()
})

describe('who may look inside', () => {
  it('[INS1] in the demo everybody', async () => {
    const visitor = visitInside(app.url)
    await visitor.connected()
    const { events } = await visitor.watch('instance:state', {})
    await pollUntil(() => events.length > 0, { withinMs: 20_000, what: 'the instance' })
    expect(events[0]).toMatchObject({ demo: true, visitors: 1 })
  })

  it('[INS1] outside the demo only who holds the dispatch token', async () => {
    const service = await startApp({ env: OUTSIDE_DEMO })
    for (const auth of [{}, { token: 'another-token-altogether' }, { token: ['x'] }]) {
      const stranger = visitInside(service.url, auth)
      await pollUntil(() => stranger.refusals.length > 0, { withinMs: 20_000, what: 'the refusal' })
      expect(stranger.refusals).toEqual(['unauthenticated'])
    }
    const dispatcher = visitInside(service.url, { token: DISPATCH_TOKEN })
    await dispatcher.connected()
    expect(await dispatcher.call('deliveries:running', {})).toEqual([])
  })
})

describe('what can be asked', () => {
  it('[INS2] what runs, with a link by which it can be followed as a customer would', async () => {
    const created = await createApi(app.url).createDelivery()
    const visitor = visitInside(app.url)
    const running = await visitor.call('deliveries:running', {})
    const found = running.find(({ delivery }) => delivery.id === created.delivery.id)
    const customer = connectCustomer(app.url, { token: found?.customerToken ?? '' })
    expect((await customer.greeted()).delivery.id).toBe(created.delivery.id)
  })

  it('[INS3] unknown names, wrong inputs and a watch that is there already are answered with a code, and nothing breaks', async () => {
    const visitor = visitInside(app.url)
    const code = async (...words: Parameters<typeof visitor.ask>) =>
      ((await visitor.ask(...words)) as { code?: string }).code
    expect(await code('call', 'no:such', {})).toBe('not_found')
    expect(await code('call', '__proto__', {})).toBe('not_found')
    expect(await code('call', 'deliveries:running', 'text')).toBe('invalid_body')
    expect(await code('watch', 'a', 'no:such', {})).toBe('not_found')
    expect(await code('watch', 7, 'instance:state', {})).toBe('invalid_body')
    expect(await code('watch', 'a', 'instance:state', {})).toBeUndefined()
    expect(await code('watch', 'a', 'instance:state', {})).toBe('rate_limited')
    visitor.socket.emit('call', 'deliveries:running', {})
    visitor.socket.emit('unwatch', { not: 'an id' })
    expect(await visitor.call('deliveries:running', {})).toBeInstanceOf(Array)
  })

  it('[INS4] what is watched goes on until it is no longer wanted', async () => {
    const visitor = visitInside(app.url)
    const { events, stop } = await visitor.watch('instance:state', {})
    await pollUntil(() => events.length >= 3, { withinMs: 20_000, what: 'three events' })
    stop()
    await visitor.call('deliveries:running', {})
    const afterwards = events.length
    const other = await visitor.watch('instance:state', {})
    await pollUntil(() => other.events.length >= 3, {
      withinMs: 20_000,
      what: 'three events of another watch',
    })
    expect(events).toHaveLength(afterwards)
  })

  it('[INS5] who asks without end is cut off; others are not', async () => {
    const [talker, quiet] = [visitInside(app.url), visitInside(app.url)]
    await Promise.all([talker.connected(), quiet.connected()])
    for (let times = 0; times < 300; times += 1) talker.socket.emit('call', 'deliveries:running', {})
    await pollUntil(() => !talker.socket.connected, { withinMs: 20_000, what: 'the end of the talk' })
    expect(quiet.socket.connected).toBe(true)
  })
})
