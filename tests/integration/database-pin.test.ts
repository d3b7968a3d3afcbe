import { describe, expect, it } from 'vitest'
import { checkPin, pinState } from '#server/db/check-pin.ts'
import { openTestDatabase, storeDelivery } from '../support/database.ts'

describe('the PIN in the database', async () => {
  const { db } = await openTestDatabase()

  async function create(): Promise<string> {
    const { id } = (await storeDelivery(db)).delivery
    await db.prisma.delivery.update({ where: { id }, data: { pin: '0420' } })
    return id
  }
  /** As time that has passed. */
  const restIsOver = (id: string) =>
    db.prisma.delivery.update({ where: { id }, data: { pinRestUntil: new Date(Date.now() - 1_000) } })

  it('[PIN3] of fifty wrong ones at once five are compared, and the others find it at rest', async () => {
    const id = await create()
    const states = await Promise.all(
      Array.from({ length: 50 }, (_, n) => checkPin(db, id, String(9_000 + n))),
    )
    expect(states.map((state) => state?.isRight)).toEqual(Array(50).fill(false))
    const counted = states.filter((state) => state?.triesLeft !== 0).map((state) => state?.triesLeft)
    expect(counted.toSorted()).toEqual([1, 2, 3, 4])
    expect(await db.prisma.delivery.findUnique({ where: { id } })).toMatchObject({ pinWrong: 5 })
    for (const state of states.filter((state) => state?.triesLeft === 0)) {
      expect(state?.msLeft).toBeGreaterThan(290_000)
      expect(state?.msLeft).toBeLessThanOrEqual(300_000)
    }
  })

  it('[PIN3] while it rests the right one is not compared either; then there are five tries again', async () => {
    const id = await create()
    for (let n = 0; n < 5; n += 1) await checkPin(db, id, '0000')
    expect(await checkPin(db, id, '0420')).toMatchObject({ isRight: false, triesLeft: 0 })
    await restIsOver(id)
    expect(await pinState(db, id)).toEqual({ isRight: false, triesLeft: 5, msLeft: 0 })
    expect(await checkPin(db, id, '0000')).toEqual({ isRight: false, triesLeft: 4, msLeft: 0 })
    expect(await pinState(db, id)).toEqual({ isRight: false, triesLeft: 4, msLeft: 0 })
    expect(await checkPin(db, id, '0420')).toEqual({ isRight: true, triesLeft: 5, msLeft: 0 })
  })

  it('[PIN3] there is nothing to compare without a PIN, after the end, or without the delivery', async () => {
    const { id } = (await storeDelivery(db)).delivery
    expect(await checkPin(db, id, '0420')).toBeNull()
    expect(await checkPin(db, 'nobody', '0420')).toBeNull()
    const ended = await create()
    await db.prisma.delivery.update({ where: { id: ended }, data: { endedAt: new Date() } })
    expect(await checkPin(db, ended, '0420')).toBeNull()
  })
})
