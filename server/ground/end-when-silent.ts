import type { ChildProcess } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'

export const SILENT_MS = 15_000
const ASKED_IN_THAT_TIME = 5

type Watching = {
  /** Asks the child something that only a process at work can answer; rejects, or breaks off at the signal, when it does not. */
  ping(signal: AbortSignal): Promise<unknown>
  /** Default: SILENT_MS. */
  silentMs?: number
  /** Called before the child is ended. */
  onSilent(): void
}

/**
 * Ends a child process by SIGKILL, which works on a frozen one as well, when none of its answers came in `silentMs`;
 * whoever started it does so again. Questions in a row are counted rather than time: after this process itself stood
 * still, or the whole machine slept, the child has not been asked in the meantime.
 */
export function endWhenSilent(child: ChildProcess, { ping, silentMs = SILENT_MS, onSilent }: Watching): void {
  const eachMs = silentMs / ASKED_IN_THAT_TIME
  const ended = new AbortController()
  child.once('exit', () => ended.abort())
  if (child.exitCode === null && child.signalCode === null) void watch()

  async function watch(): Promise<void> {
    let unanswered = 0
    while (!ended.signal.aborted) {
      const [answered] = await Promise.all([isAnswered(), pause()])
      if (ended.signal.aborted) return
      unanswered = answered ? 0 : unanswered + 1
      if (unanswered < ASKED_IN_THAT_TIME) continue
      onSilent()
      child.kill('SIGKILL')
      return
    }
  }

  async function isAnswered(): Promise<boolean> {
    const signal = AbortSignal.any([ended.signal, AbortSignal.timeout(eachMs)])
    try {
      await ping(signal)
      return !signal.aborted
    } catch {
      return false
    }
  }

  async function pause(): Promise<void> {
    // The end of the child ends the pause as well; there is nothing to be done about it.
    await delay(eachMs, undefined, { signal: ended.signal, ref: false }).catch(() => {})
  }
}
