import { expect, it } from 'vitest'
import { BoundedMap } from '#server/ground/bounded-map.ts'

it('[MEM2] a bounded map lets its first entry go for one more, and keeps what is set again as the last', () => {
  const map = new BoundedMap<string, number>(2).set('a', 1).set('b', 2)
  map.set('a', 3)
  expect([...map]).toEqual([
    ['a', 3],
    ['b', 2],
  ])
  map.setLast('a', 4).set('c', 5)
  expect([...map]).toEqual([
    ['a', 4],
    ['c', 5],
  ])
})
