import { request as httpRequest } from 'node:http'
import type { Burst } from '#contracts/inside/queue.ts'
import { startHttpWorker } from './http-worker.ts'
import type { Side } from './side.ts'

/** How long a caller waits for an answer. */
const ANSWER_WITHIN_MS = 10_000

type Options = { burst: Burst; side: Side; backAfterMs: number }
export type OpenBurst<Names> = Names & { run(): Promise<void>; close(): Promise<void> }

/** The burst by request and response: all are asked for at once, and each waits for its own answer. */
export async function openBurstByHttp({
  burst,
  side,
  backAfterMs,
}: Options): Promise<OpenBurst<{ url: string }>> {
  const { jobs, jobMs, dies } = burst
  let settle = () => {}
  const settled = new Promise<void>((resolve) => {
    settle = resolve
  })
  const worker = await startHttpWorker({
    jobMs,
    diesAfter: dies ? jobs / 2 : null,
    backAfterMs,
    onDone: side.done,
    onDied: side.died,
    onBack() {
      side.back()
      settle()
    },
  })
  return {
    url: worker.url,
    async run() {
      const asked = Array.from({ length: jobs }, (_, job) =>
        side.ask(job, () => post(`${worker.url}/jobs/${job}`)),
      )
      await Promise.all(asked)
      if (dies) await settled
    },
    async close() {
      worker.close()
      settle()
    },
  }
}

/** Resolves with the end of the answer. Each job has a connection of its own, as if each came from another caller. */
function post(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS)
    const request = httpRequest(url, { method: 'POST', agent: false, signal }, (response) =>
      response.resume().once('end', resolve).once('error', reject),
    )
    request.once('error', reject).end()
  })
}
