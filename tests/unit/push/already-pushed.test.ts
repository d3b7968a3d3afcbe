import fc from 'fast-check'
import { expect, it } from 'vitest'
import { AlreadyPushed } from '#server/push/already-pushed.ts'

it('[PUSH4] each number of a delivery is pushed once, in whatever order they come, within a thousand of the highest', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 4_000 }), { maxLength: 400 }), (seqs) => {
      const pushed = new AlreadyPushed()
      const before = new Set<number>()
      let highest = 0
      for (const seq of seqs) {
        const known = before.has(seq) && seq > highest - 1_024
        expect(pushed.add('d1', seq)).toBe(!known)
        before.add(seq)
        highest = Math.max(highest, seq)
      }
      expect(pushed.add('d2', seqs[0] ?? 1)).toBe(true)
    }),
  )
})

it('[PUSH4] after the end of a delivery nothing is known of it', () => {
  const pushed = new AlreadyPushed()
  expect([pushed.add('d1', 7), pushed.add('d1', 7)]).toEqual([true, false])
  pushed.forget('d1')
  expect(pushed.add('d1', 7)).toBe(true)
})
