import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, it } from 'vitest'
import { startHttpWorker } from '#server/inside/burst/http-worker.ts'
import { atEnd } from '../../support/at-end.ts'
import { pollUntil } from '../../support/poll-until.ts'

it('[BURST7] a worker whose port was taken while it was dead comes back once it is free', async () => {
  const events: string[] = []
  const squatter = createServer((_, response) => response.end('someone else'))
  const worker = await startHttpWorker({
    jobMs: 10,
    diesAfter: 1,
    backAfterMs: 0,
    onDone: (job) => events.push(`done ${job}`),
    onDied: () => {
      events.push('died')
      squatter.listen(Number(new URL(worker.url).port), '127.0.0.1')
    },
    onBack: () => events.push('back'),
  })
  atEnd(() => worker.close())
  const ask = (job: number) => fetch(`${worker.url}/jobs/${job}`, { method: 'POST' })
  const squats = once(squatter, 'listening')
  const answers = await Promise.allSettled([ask(1), ask(2)])
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  await squats
  // By the time of an answer the worker has tried, too.
  expect(await (await fetch(worker.url)).text()).toBe('someone else')
  squatter.closeAllConnections()
  await new Promise((resolve) => squatter.close(resolve))
  await pollUntil(() => events.includes('back'), { withinMs: 20_000, what: 'the worker' })
  expect((await ask(3)).ok).toBe(true)
  expect(events).toEqual(['done 1', 'died', 'back', 'done 3'])
})
