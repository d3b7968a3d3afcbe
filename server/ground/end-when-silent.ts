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

  /**
   * With a timer that is held here: a signal of `AbortSignal.any` over one of `AbortSignal.timeout` may be collected as
   * garbage before its time is up (https://github.com/nodejs/node/issues/57736), and the ping would never end.
   */
  async function isAnswered(): Promise<boolean> {
    const asking = new AbortController()
    let timer: NodeJS.Timeout | undefined
    const timeUp = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), eachMs).unref()
    })
    const answered = ping(asking.signal).then(
      () => true,
      () => false,
    )
    const inTime = await Promise.race([answered, timeUp, ended.then(() => false)])
    clearTimeout(timer)
    asking.abort()
    return inTime
  }

  async function pause(): Promise<void> {
    // The end of the process ends the pause as well; there is nothing to be done about it.
    await delay(eachMs, undefined, { signal: over.signal, ref: false }).catch(() => {})
  }
}
