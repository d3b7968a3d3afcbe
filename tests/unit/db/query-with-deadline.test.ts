import pg from 'pg'
import { expect, it } from 'vitest'
import { queryWithDeadline } from '#server/db/query-with-deadline.ts'

const judged = (code: string) => {
  const error = new pg.DatabaseError('as the server says it', 0, 'error')
  error.code = code
  return error
}
const asked = (error: Error) => queryWithDeadline(() => Promise.reject(error))

it('[DB28] a server that is being stopped or has no room is "later"', async () => {
  for (const code of ['57P01', '57P03', '53300', '08006'])
    await expect(asked(judged(code))).rejects.toMatchObject({ code: 'log_unavailable' })
})

it('[DB28] so is one that does not answer, at one address or several', async () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
  for (const error of [refused, new AggregateError([refused, refused]), new Error('Query read timeout')])
    await expect(asked(error)).rejects.toMatchObject({ code: 'log_unavailable' })
})

it('[DB28] a statement that it refuses is a defect', async () => {
  for (const error of [judged('23503'), judged('42703'), new TypeError('no such function')])
    await expect(asked(error)).rejects.toBe(error)
})
