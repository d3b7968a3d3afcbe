import { expect, it } from 'vitest'
import { GroupLedger } from '#server/inside/groups/group-ledger.ts'

it('[LAB4] each message is counted as what has become of it', () => {
  const ledger = new GroupLedger(1)
  // 0: done and committed; 1: done twice; 2: committed, and its worker crashed; 3: in work; 4: nobody's yet
  ledger.begin(0, 0, 1)
  ledger.finish(0, 0)
  for (const member of [1, 2]) {
    ledger.begin(0, 1, member)
    ledger.finish(0, 1)
  }
  ledger.begin(0, 2, 1)
  ledger.commit(0, 3)
  expect(ledger.marks(0, 5)).toEqual({ from: 0, marks: 'crw..', by: '121..' })
  ledger.crash(1)
  ledger.begin(0, 3, 11)
  expect(ledger.marks(0, 5)).toEqual({ from: 0, marks: 'crxw.', by: '121b.' })
  expect(ledger.count([5])).toEqual({ once: 1, repeated: 1, lost: 1 })
})

it('[LAB4] done and not committed yet is neither lost nor repeated; begun again, it is repeated', () => {
  const ledger = new GroupLedger(2)
  ledger.begin(1, 0, 1)
  ledger.finish(1, 0)
  expect(ledger.marks(1, 1).marks).toBe('d')
  expect(ledger.count([0, 1])).toEqual({ once: 1, repeated: 0, lost: 0 })
  ledger.begin(1, 0, 2)
  ledger.finish(1, 0)
  expect(ledger.count([0, 1])).toEqual({ once: 0, repeated: 1, lost: 0 })
})

it('[LAB4] of a long partition only the newest are told one by one, all are counted', () => {
  const ledger = new GroupLedger(1)
  for (let offset = 0; offset < 100; offset++) {
    ledger.begin(0, offset, 1)
    ledger.finish(0, offset)
  }
  ledger.commit(0, 100)
  const { from, marks } = ledger.marks(0, 100)
  expect([from, marks]).toEqual([76, 'c'.repeat(24)])
  expect(ledger.count([100])).toEqual({ once: 100, repeated: 0, lost: 0 })
})
