import fc from 'fast-check'
import { expect, it } from 'vitest'
import { shareOut } from '#server/kafka/share-out.ts'

const SIX = [0, 1, 2, 3, 4, 5]
const heldBy = (shares: ReturnType<typeof shareOut>) =>
  Object.fromEntries(shares.map(({ memberId, partitions }) => [memberId, partitions]))

it('[AFF3] one that comes gets its share from those that have too much, and nothing else moves', () => {
  const before = [
    { memberId: 'a', held: [0, 2, 4] },
    { memberId: 'b', held: [1, 3, 5] },
  ]
  const after = heldBy(shareOut(SIX, [...before, { memberId: 'c', held: [] }]))
  expect(after).toEqual({ a: [0, 2], b: [1, 3], c: [4, 5] })
  expect(
    heldBy(
      shareOut(SIX, [
        { memberId: 'a', held: [0, 2] },
        { memberId: 'c', held: [4, 5] },
      ]),
    ),
  ).toEqual({
    a: [0, 2, 1],
    c: [4, 5, 3],
  })
})

it('[AFF3] whatever members say they hold, each partition has one of them, and none has two more than another', () => {
  const member = fc.array(fc.integer({ min: 0, max: 12 }))
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.array(member, { minLength: 1, maxLength: 9 }),
      (count, all) => {
        const partitions = Array.from({ length: count }, (_, i) => i)
        const members = all.map((held, i) => ({ memberId: `m${i}`, held }))
        const shares = shareOut(partitions, members)
        expect(shares.flatMap((share) => share.partitions).sort((a, b) => a - b)).toEqual(partitions)
        const sizes = shares.map((share) => share.partitions.length)
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
      },
    ),
  )
})
