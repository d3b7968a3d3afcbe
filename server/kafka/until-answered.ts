/** A leader that needs longer is not back yet. */
const ANSWER_WITHIN_MS = 1_000

type Options = {
  ask: () => Promise<unknown>
  afterMs: number
  everyMs: number
  onAnswer: () => void
}

/** Asks `afterMs` from now, then `everyMs` after each answer that failed, until one succeeds. Returns a function that stops it. */
export function untilAnswered({ ask, afterMs, everyMs, onAnswer }: Options): () => void {
  let timer: NodeJS.Timeout
  let isStopped = false
  const askIn = (ms: number) => {
    if (isStopped) return
    timer = setTimeout(askOnce, ms).unref()
  }
  const askOnce = () => {
    let isOver = false
    const end = (hasAnswered: boolean) => {
      if (isOver || isStopped) return
      isOver = true
      clearTimeout(timer)
      if (hasAnswered) onAnswer()
      else askIn(everyMs)
    }
    timer = setTimeout(() => end(false), ANSWER_WITHIN_MS).unref()
    ask().then(
      () => end(true),
      () => end(false),
    )
  }
  askIn(afterMs)
  return () => {
    isStopped = true
    clearTimeout(timer)
  }
}
