import DataLoader from 'dataloader'

/** More keys than this in one statement, and parsing its rows would keep the event loop from other work. */
const MOST_PER_STATEMENT = 50
/** How long a statement that hangs can hold up the next one. */
const GATHERED_FOR_MS = 20

/**
 * Asks for many in one statement: questions that come in the same turn of the event loop, or while a statement is under
 * way, go into the next one together.
 */
export function gathered<Question, Answer>(
  askAll: (questions: readonly Question[]) => Promise<Answer[]>,
): (question: Question) => Promise<Answer> {
  let underway: Promise<unknown> | null = null
  const loader = new DataLoader<Question, Answer>(
    (questions) => {
      const asked = askAll(questions)
      const ended = () => {
        if (underway === asked) underway = null
      }
      underway = asked
      asked.then(ended, ended)
      return asked
    },
    {
      // Each question is asked anew: its answer changes.
      cache: false,
      maxBatchSize: MOST_PER_STATEMENT,
      batchScheduleFn(send) {
        if (underway === null) return void setImmediate(send)
        let sent = false
        const sendOnce = () => {
          clearTimeout(timer)
          if (!sent) send()
          sent = true
        }
        const timer = setTimeout(sendOnce, GATHERED_FOR_MS)
        underway.then(sendOnce, sendOnce)
      },
    },
  )
  return (question) => loader.load(question)
}
