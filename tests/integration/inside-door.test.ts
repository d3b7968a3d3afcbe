import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { insideCalls, insideReplySchema, insideStreams } from '#contracts/inside/protocol.ts'
import { createApi } from '../support/api.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { commonService } from '../support/common-apps.ts'
import { connectCustomer } from '../support/customer.ts'
import { pollUntil } from '../support/poll-until.ts'
import { visitInside } from '../support/visitor.ts'

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
    const service = await commonService()
    for (const auth of [{}, { token: 'another-token-altogether' }, { token: ['x'] }]) {
      const stranger = visitInside(service.url, auth)
      await pollUntil(() => stranger.refusals.length > 0, { withinMs: 20_000, what: 'the refusal' })
      expect(stranger.refusals).toEqual(['unauthenticated'])
    }
    const dispatcher = visitInside(service.url, { token: service.dispatchToken })
    await dispatcher.connected()
    expect(await dispatcher.call('deliveries:running', {})).toEqual([])
  })
})

it('[INS8] S5: a visitor has a share of the places: ten of an address, five of a browser, fifty in all', async () => {
  const service = await startApp({ env: { TRUSTED_PROXIES: '127.0.0.1' } })
  const from = (address: string, cookie?: string) =>
    visitInside(service.url, {}, { 'x-forwarded-for': address, ...(cookie ? { cookie } : {}) })
  const answers = async (visitors: ReturnType<typeof from>[]) => {
    for (const { socket, refusals } of visitors)
      await pollUntil(() => socket.connected || refusals.length > 0, { withinMs: 20_000, what: 'an answer' })
    return {
      let: visitors.filter(({ socket }) => socket.connected).length,
      refused: visitors.flatMap(({ refusals }) => refusals),
    }
  }
  const refused = (times: number) => Array.from({ length: times }, () => 'rate_limited')
  const greedy = Array.from({ length: 60 }, (_, n) => from('203.0.113.1', `a=b; inside=made-up-${n}`))
  expect(await answers(greedy)).toEqual({ let: 10, refused: refused(50) })
  await from('203.0.113.2').connected()
  const tabs = Array.from({ length: 8 }, (_, n) => from(`203.0.113.${10 + n}`, 'inside=one-browser'))
  expect(await answers(tabs)).toEqual({ let: 5, refused: refused(3) })
  // A place that is given back can be taken.
  greedy.find(({ socket }) => socket.connected)?.socket.disconnect()
  await pollUntil(async () => (await answers([from('203.0.113.1')])).let === 1, {
    withinMs: 20_000,
    what: 'the free place',
  })
  const crowd = Array.from({ length: 60 }, (_, n) => from(`198.51.100.${n}`))
  expect((await answers(crowd)).let).toBe(50 - 10 - 1 - 5)
})

describe('what strangers send', () => {
  const names = fc.oneof(
    fc.constantFrom(...Object.keys(insideCalls), ...Object.keys(insideStreams)),
    fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype', ''),
    fc.constantFrom({ toString: 1, valueOf: 1 }, { toString: null }, { toJSON: 1 }, ['faults:ride'], null, 7),
    fc.jsonValue(),
  )
  const inputs = fc.oneof(
    fc.constantFrom({}, { fault: { toString: 1 } }, { topic: { valueOf: 1 } }, { lever: '__proto__' }),
    fc.record(
      Object.fromEntries(
        ['deliveryId', 'fault', 'lever', 'topic', 'partitions', 'count', 'number', 'on', 'keep', 'forMs'].map(
          (member) => [member, fc.oneof(names, fc.integer(), fc.double(), fc.boolean())],
        ),
      ),
      { requiredKeys: [] },
    ),
    fc.uint8Array({ maxLength: 30 }),
    fc.string({ minLength: 2_000, maxLength: 4_000 }),
    fc.jsonValue(),
  )
  const events = fc.constantFrom(
    'call',
    'watch',
    'unwatch',
    'event',
    'error',
    'message',
    '__proto__',
    'constructor',
  )

  it('[INS3] S4: of any type, in any number and place, is answered with a code; nothing is thrown, nobody else notices', async () => {
    const quiet = visitInside(app.url)
    await quiet.connected()
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(events, fc.array(fc.oneof(names, inputs), { maxLength: 4 })), { maxLength: 60 }),
        async (said) => {
          const visitor = visitInside(app.url)
          await visitor.connected()
          const replies = await Promise.all(
            said.map(([event, words]) => visitor.socket.timeout(30_000).emitWithAck(event, ...words)),
          )
          for (const reply of replies) {
            const { ok, code } = insideReplySchema.parse(reply) as { ok: boolean; code?: string }
            if (!ok) expect(code).not.toBe('internal')
          }
          // Without a way to answer.
          for (const [event, words] of said.slice(0, 20)) visitor.socket.emit(event, ...words)
          visitor.socket.disconnect()
        },
      ),
      { numRuns: 25, seed: 20_260_731 },
    )
    expect(quiet.socket.connected).toBe(true)
    expect(await quiet.call('deliveries:running', {})).toBeInstanceOf(Array)
    expect(app.logs()).not.toMatch(/"level":(50|60)|Uncaught|TypeError/)
  })

  it('[SOCK9] S4: a customer’s events of any type change nothing', async () => {
    const created = await createApi(app.url).createPickedUp()
    const following = connectCustomer(app.url, { token: created.customer.token })
    await following.greeted()
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(names, inputs), { minLength: 1, maxLength: 10 }), async (said) => {
        const customer = connectCustomer(app.url, { token: created.customer.token })
        await customer.greeted()
        for (const word of said) customer.socket.emit('delivery:painted', word, word)
        customer.socket.emit('error', ...said)
        customer.socket.emit('delivery:painted')
        customer.socket.disconnect()
      }),
      { numRuns: 15, seed: 20_260_731 },
    )
    expect(following.disconnects).toEqual([])
    expect(app.logs()).not.toMatch(/"level":(50|60)|Uncaught|TypeError/)
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
    expect(await code('call', { toString: 1, valueOf: 1 }, {})).toBe('invalid_body')
    expect(await code('watch', 'a', { toString: 1 }, {})).toBe('invalid_body')
    expect(await code('call')).toBe('invalid_body')
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
