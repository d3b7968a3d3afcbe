import { expect, it } from 'vitest'
import { createGreetings } from '#server/push/greetings.ts'

it('[SOCK14] two hundred customers are greeted at once; each counts until it is over, and once', async () => {
  const { begin, hasRoom } = createGreetings()
  const over = await Promise.all(Array.from({ length: 199 }, begin))
  expect(hasRoom()).toBe(true)
  const last = await begin()
  expect(hasRoom()).toBe(false)
  last()
  expect(hasRoom()).toBe(true)
  last()
  await begin()
  expect(hasRoom()).toBe(false)
  for (const each of over) each()
  expect(hasRoom()).toBe(true)
})
