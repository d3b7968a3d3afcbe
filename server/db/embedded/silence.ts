import { createConnection } from 'node:net'
import { codeOf } from './binaries.ts'

const ASK_EVERY_MS = 2_500
const ANSWER_WITHIN_MS = 5_000
/** One alone may be this process's own: it was stopped for a while, and the deadline passed meanwhile. */
const SILENT_TIMES = 3
/** `SSLRequest` of PostgreSQL's protocol: answered with one byte, before any password. */
const QUESTION = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])

export type Address = { path: string } | { host: string; port: number }

/**
 * Calls `onSilence` when PostgreSQL has not answered for 15 s and more: it is frozen. Slowness is an answer. Each question has a
 * connection of its own: what is connected already may be served by a process that is well while the one that takes new
 * connections is not. Returns a function that ends it.
 */
export function watchForSilence(address: Address, onSilence: () => void): () => void {
  let silences = 0
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  const askAfter = (waitMs: number): void => {
    timer = setTimeout(async () => {
      silences = (await isSilent(address)) ? silences + 1 : 0
      if (stopped) return
      if (silences >= SILENT_TIMES) onSilence()
      else askAfter(silences > 0 ? 0 : ASK_EVERY_MS)
    }, waitMs).unref()
  }
  askAfter(ASK_EVERY_MS)
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}

function isSilent(address: Address): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(address)
    const settle = (silent: boolean) => {
      socket.destroy()
      resolve(silent)
    }
    socket.setTimeout(ANSWER_WITHIN_MS, () => settle(true))
    socket.once('connect', () => socket.write(QUESTION))
    socket.once('data', () => settle(false))
    socket.once('end', () => settle(false))
    // Where nothing listens the process has ended, which is noticed elsewhere. EAGAIN: its queue is full.
    socket.once('error', (error) => settle(codeOf(error) === 'EAGAIN'))
  })
}
