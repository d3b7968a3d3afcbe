import { beforeEach, expect, it } from 'vitest'
import { createDrawQueue, type DrawQueue } from '#app/_map/draw-queue.ts'

let frames: (() => void)[]
let nowMs: number
let drawn: number[]
let queue: DrawQueue
beforeEach(() => {
  frames = []
  nowMs = 0
  drawn = []
  queue = createDrawQueue(
    (then) => frames.push(then),
    () => nowMs,
  )
})

const tiles = Array.from({ length: 7 }, (_, index) => ({ index }))
function addAll(takesMs: number): void {
  for (const tile of tiles)
    queue.add(tile, () => {
      nowMs += takesMs
      drawn.push(tile.index)
    })
}
/** Answers with what each frame has drawn, until none is asked for any more. */
function allFrames(): number[][] {
  const perFrame: number[][] = []
  for (let frame = frames.shift(); frame; frame = frames.shift()) {
    const before = drawn.length
    frame()
    expect(frames.length).toBeLessThanOrEqual(1)
    perFrame.push(drawn.slice(before))
  }
  return perFrame
}

it('[MAP16] a frame draws as much as it has time for, the oldest first, and at least one', () => {
  addAll(2)
  expect(drawn).toEqual([])
  expect(allFrames()).toEqual([[0, 1, 2], [3, 4, 5], [6]])
  addAll(100)
  expect(allFrames()).toEqual(tiles.map(({ index }) => [index]))
})

it('[MAP16] what is dropped is not drawn; after that others are', () => {
  addAll(10)
  for (const tile of tiles.slice(0, 5)) queue.drop(tile)
  expect(allFrames()).toEqual([[5], [6]])
  addAll(10)
  for (const tile of tiles) queue.drop(tile)
  queue.add({}, () => drawn.push(99))
  expect(allFrames()).toEqual([[99]])
})

it('[MAP16] a drawing that fails is told, and does not hold up the others', () => {
  queue.add({}, () => {
    throw new Error('no canvas')
  })
  queue.add({}, () => drawn.push(1))
  expect(frames.shift()).toThrow('no canvas')
  expect(allFrames()).toEqual([[1]])
})
