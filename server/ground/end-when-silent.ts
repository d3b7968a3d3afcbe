import { setTimeout as delay } from 'node:timers/promises'

export const SILENT_MS = 15_000
const PINGS_IN_THAT_TIME = 5

/** A process that this one runs. */
type Running = { ended: Promise<unknown>; kill(): unknown }

type Watching = {
  /**
   * Asks the process something that it can answer only while it works. Rejects, or breaks off at the signal, when no
   * answer comes.
   */
  ping(signal: AbortSignal): Promise<unknown>
  /** Default: SILENT_MS. */
  silentMs?: number
  /** Called before the process is ended. */
  onSilent(): void
}

/**
 * Ends a process by force, which works on a frozen one as well, when it has not answered for `silentMs`; the code that
 * runs it starts it again. Pings in a row are counted rather than time: after this process itself stood still, or
 * the whole machine slept, the other one has not been asked in the meantime.
 */
export function endWhenSilent(
  { ended, kill }: Running,
  { ping, silentMs = SILENT_MS, onSilent }: Watching,
): void {
  const eachMs = silentMs / PINGS_IN_THAT_TIME
  const over = new AbortController()
  void ended.then(() => over.abort())
  void watch()

  async function watch(): Promise<void> {
    let unanswered = 0
    while (!over.signal.aborted) {
      const [answered] = await Promise.all([isAnswered(), pause()])
      if (over.signal.aborted) return
      unanswered = answered ? 0 : unanswered + 1
      if (unanswered < PINGS_IN_THAT_TIME) continue
      onSilent()
      void kill()
      return
    }
  }

  async function isAnswered(): Promise<boolean> {
    const signal = AbortSignal.any([over.signal, AbortSignal.timeout(eachMs)])
    try {
      await ping(signal)
      return !signal.aborted
    } catch {
      return false
    }
  }

  async function pause(): Promise<void> {
    // The end of the process ends the pause as well; there is nothing to be done about it.
    await delay(eachMs, undefined, { signal: over.signal, ref: false }).catch(() => {})
  }
}
