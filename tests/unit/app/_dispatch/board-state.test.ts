import { expect, it } from 'vitest'
import { createBoardStore } from '#app/_dispatch/state/board-store.ts'
import { matches } from '#app/_dispatch/state/filter.ts'
import { type BoardDelivery, boardDeliverySchema } from '#contracts/dispatch.ts'

const delivery = (id: string, change: Partial<BoardDelivery> = {}): BoardDelivery => ({
  ...boardDeliverySchema.parse({
    id,
    status: 'picked_up',
    store: { name: 'Café Bonjour · 봄 베이커리', lat: 37.5, lng: 127 },
    destination: { name: 'Hanti-gil 21', lat: 37.5, lng: 127 },
    rider: { name: 'Kang Min-ji' },
    routed: true,
    createdAtMs: 1,
    statusAtMs: 1,
    lastLocation: null,
    eta: null,
  }),
  ...change,
})

it('[BOARD17] a hundred messages are one picture, and the last message on a delivery counts', () => {
  const shows: (() => void)[] = []
  const store = createBoardStore((show) => shows.push(show))
  let heard = 0
  store.subscribe(() => {
    heard += 1
  })
  store.apply({ type: 'snapshot', deliveries: [delivery('a'), delivery('b')] })
  expect(heard).toBe(1)
  for (let i = 1; i <= 100; i += 1)
    store.apply({ type: 'delivery', delivery: delivery('a', { statusAtMs: i }) })
  store.apply({ type: 'gone', id: 'b' })
  expect(heard).toBe(1)
  expect(shows).toHaveLength(1)
  shows[0]?.()
  expect(heard).toBe(2)
  expect([...(store.get().deliveries?.values() ?? [])]).toEqual([delivery('a', { statusAtMs: 100 })])
  store.apply({ type: 'delivery', delivery: delivery('c') })
  expect(shows).toHaveLength(2)
})

it('[BOARD18] each word is looked for in ids, names and places, whatever its case and accents', () => {
  const one = delivery('6c1f-77')
  for (const query of ['', '  ', '6C1F', 'min-ji kang', 'cafe', 'bonjour hanti', '베이커리'])
    expect(matches(one, query), query).toBe(true)
  for (const query of ['6c1f-78', 'kang samseong', '빵집']) expect(matches(one, query), query).toBe(false)
})
