import { expect, it } from 'vitest'
import { Turns } from '#server/ground/turns.ts'

function busyForMs(ms: number): void {
  const untilMs = performance.now() + ms
  while (performance.now() < untilMs);
}

it('[SOCK13] are taken in the order in which they were asked for', async () => {
  const turns = new Turns()
  const taken: number[] = []
  await Promise.all(Array.from({ length: 500 }, (_, i) => turns.take().then(() => taken.push(i))))
  expect(taken).toEqual(Array.from({ length: 500 }, (_, i) => i))
  expect(turns.waiting).toBe(0)
})

it('[SOCK13] between a few of them whatever else is waiting is served, also when the work goes on in promises', async () => {
  const turns = new Turns()
  let others = 0
  let goesOn = true
  const serveOthers = () => {
    others += 1
    if (goesOn) setTimeout(serveOthers)
  }
  setTimeout(serveOthers)
  let takenSince = 0
  let mostAtOnce = 0
  let before = 0
  await Promise.all(
    Array.from({ length: 60 }, async () => {
      await turns.take()
      await Promise.resolve()
      takenSince = others === before ? takenSince + 1 : 1
      before = others
      mostAtOnce = Math.max(mostAtOnce, takenSince)
      busyForMs(2)
    }),
  )
  goesOn = false
  // Of two milliseconds each, a turn has room for three or four.
  expect(mostAtOnce).toBeLessThan(10)
  expect(others).toBeGreaterThan(6)
})

it('[SOCK14] are given only while there is room', async () => {
  let room = 3
  const turns = new Turns(() => room > 0)
  const taken: number[] = []
  for (let i = 0; i < 5; i += 1) {
    void turns.take().then(() => {
      taken.push(i)
      room -= 1
    })
  }
  await expect.poll(() => taken).toEqual([0, 1, 2])
  expect(turns.waiting).toBe(2)
  room = 1
  await expect.poll(() => taken).toEqual([0, 1, 2, 3])
  room = 1
  await expect.poll(() => taken).toEqual([0, 1, 2, 3, 4])
})
