import { expect, it } from 'vitest'
import { gathered } from '#server/db/gathered.ts'

/** Statements that are answered when the test says so. */
function statements() {
  const asked: { questions: readonly number[]; answer(): void; fail(): void }[] = []
  const ask = gathered(
    (questions: readonly number[]) =>
      new Promise<number[]>((resolve, reject) => {
        asked.push({
          questions,
          answer: () => resolve(questions.map((question) => question * 10)),
          fail: () => reject(new Error('away')),
        })
      }),
  )
  return { asked, ask }
}
const turn = () => new Promise((resolve) => setImmediate(resolve))

it('[SOCK11] questions of one turn are one statement, and each gets its own answer', async () => {
  const { asked, ask } = statements()
  const answers = Promise.all([ask(1), ask(2), ask(1)])
  await turn()
  expect(asked.map(({ questions }) => questions)).toEqual([[1, 2, 1]])
  asked[0]?.answer()
  expect(await answers).toEqual([10, 20, 10])
})

it('[SOCK11] what comes while a statement is under way goes into the next one together', async () => {
  const { asked, ask } = statements()
  const first = ask(1)
  await turn()
  const second = ask(2)
  await turn()
  const third = ask(3)
  expect(asked).toHaveLength(1)
  asked[0]?.answer()
  expect(await first).toBe(10)
  await turn()
  expect(asked[1]?.questions).toEqual([2, 3])
  asked[1]?.answer()
  expect(await Promise.all([second, third])).toEqual([20, 30])
})

it('[SOCK11] a statement that fails is the failure of those it was for, and one that hangs holds up nobody for long', async () => {
  const { asked, ask } = statements()
  const hanging = ask(1)
  await turn()
  const next = ask(2)
  await expect.poll(() => asked.length).toBe(2)
  asked[1]?.answer()
  expect(await next).toBe(20)
  asked[0]?.fail()
  await expect(hanging).rejects.toThrow('away')
  const after = ask(3)
  await turn()
  asked[2]?.answer()
  expect(await after).toBe(30)
})

it('[SOCK11] no statement is for more than fifty', async () => {
  const { asked, ask } = statements()
  const answers = Promise.all(Array.from({ length: 120 }, (_, i) => ask(i)))
  await expect
    .poll(() => {
      for (const { answer } of asked) answer()
      return asked.map(({ questions }) => questions.length)
    })
    .toEqual([50, 50, 20])
  expect(await answers).toEqual(Array.from({ length: 120 }, (_, i) => i * 10))
})
