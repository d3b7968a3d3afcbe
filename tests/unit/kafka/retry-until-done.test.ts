import { expect, it } from 'vitest'
import { retryUntilDone } from '#server/kafka/retry-until-done.ts'

it('[FAULT13] the history tries again while its heartbeat is answered, and goes to join anew when it is not', async () => {
  let tries = 0
  const work = async () => {
    tries += 1
    if (tries < 3) throw new Error('the database is away')
    return 'stored'
  }
  const member = async () => {}
  expect(await retryUntilDone(work, { beforeRetry: member, giveUp: () => false })).toBe('stored')

  const noMember = async () => {
    throw new Error('unknown member')
  }
  tries = 0
  await expect(retryUntilDone(work, { beforeRetry: noMember, giveUp: () => false })).rejects.toThrow(
    'unknown member',
  )
  expect(tries).toBe(1)
})
