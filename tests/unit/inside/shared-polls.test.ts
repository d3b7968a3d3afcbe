import { pino } from 'pino'
import { expect, it } from 'vitest'
import { createSharedPolls } from '#server/inside/shared-polls.ts'
import { pollUntil } from '../../support/poll-until.ts'

const SOON = { withinMs: 20_000 }

it('[INS4] several who watch the same cost one look; nobody watching costs none', async () => {
  let looks = 0
  const open: string[] = []
  const polls = createSharedPolls<number>({
    async open(key) {
      open.push(key)
      return {
        read: async () => ++looks,
        close: async () => {
          open.splice(open.indexOf(key), 1)
        },
      }
    },
    pauseMs: () => 5,
    logger: pino({ level: 'silent' }),
  })
  const seen: number[][] = [[], []]
  const stops = seen.map((list) => polls.watch('a', (value) => list.push(value)))
  await pollUntil(() => seen.every((list) => list.length >= 3), { ...SOON, what: 'three looks' })
  expect(open).toEqual(['a'])
  expect(seen[0]?.slice(0, 3)).toEqual(seen[1]?.slice(0, 3))
  // Who comes later is told at once what is known.
  const late: number[] = []
  stops.push(polls.watch('a', (value) => late.push(value)))
  expect(late).toHaveLength(1)
  for (const stop of stops) stop()
  await pollUntil(() => open.length === 0, { ...SOON, what: 'the end of looking' })
  await polls.close()
})

it('[INS4] a look that fails is tried again', async () => {
  let fails = true
  const polls = createSharedPolls<string>({
    open: async () => ({
      async read() {
        if (fails) throw new Error('away')
        return 'there'
      },
      close: async () => {},
    }),
    pauseMs: () => {
      fails = false
      return 1
    },
    logger: pino({ level: 'silent' }),
  })
  const seen: string[] = []
  polls.watch('a', (value) => seen.push(value))
  await pollUntil(() => seen.includes('there'), { ...SOON, what: 'the second try' })
  await polls.close()
})
