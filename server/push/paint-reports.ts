import { type LocationMessage, paintedMessageSchema, type Trace } from '#contracts/socket.ts'
import { BoundedMap } from '../ground/bounded-map.ts'
import { MessageBudget, type MessageRate } from '../ground/message-rate-limit.ts'
import type { Metrics } from '../metrics.ts'
import type { PointObserver } from './observe-points.ts'

/** Asks customers' pages when a point was on the screen, and takes their answers. */
export type PaintReports = {
  /**
   * The message as it goes out. The trace of its point goes with it only where it is of use: the caller sent a
   * `traceparent`, or the page is asked for the paint.
   */
  withTrace(message: LocationMessage, trace: Trace): LocationMessage
  onAnswer(deliveryId: string, answer: unknown): void
}

/** Well within what a customer's socket may say. */
const ASKED: MessageRate = { perSecond: 1, burst: 5 }
/** Of the points that no visitor watches, one in this many. */
const SAMPLE_EVERY = 50
const MOST_OPEN = 1_000
/** A page's clock follows ours to about a second. */
const CLOCK_OFF_MS = 2_000

export function createPaintReports({
  observer,
  metrics,
  now,
}: {
  observer: PointObserver
  metrics: Metrics
  now: () => number
}): PaintReports {
  /** When each asked point was emitted, by delivery and seq; the oldest goes first. */
  const open = new BoundedMap<string, number>(MOST_OPEN)
  /** Of the deliveries that are watched now. */
  const budgets = new Map<string, MessageBudget>()
  let emitted = 0

  function isAsked(deliveryId: string): boolean {
    if (!observer.isWatched(deliveryId)) {
      budgets.delete(deliveryId)
      return ++emitted % SAMPLE_EVERY === 0
    }
    const budget = budgets.get(deliveryId) ?? new MessageBudget(ASKED, now())
    budgets.set(deliveryId, budget)
    return budget.spend(now())
  }

  return {
    withTrace(message, trace) {
      const { location } = message
      if (!isAsked(location.deliveryId)) return trace.traceparent ? { ...message, trace } : message
      open.set(keyOf(location.deliveryId, location.seq), now())
      return { ...message, trace: { ...trace, painted: 'tell' } }
    },

    onAnswer(deliveryId, answer) {
      const parsed = paintedMessageSchema.safeParse(answer)
      if (!parsed.success) return
      const { seq, paintedAtMs } = parsed.data
      const emittedAtMs = open.get(keyOf(deliveryId, seq))
      const answeredAtMs = now()
      if (emittedAtMs === undefined) return
      if (paintedAtMs < emittedAtMs - CLOCK_OFF_MS || paintedAtMs > answeredAtMs + CLOCK_OFF_MS) return
      open.delete(keyOf(deliveryId, seq))
      // It was after the emit and before the answer, even if the page's clock says otherwise.
      const atMs = Math.min(Math.max(paintedAtMs, emittedAtMs), answeredAtMs)
      metrics.hop('paint', atMs - emittedAtMs)
      observer.onPainted(deliveryId, seq, atMs)
    },
  }
}

const keyOf = (deliveryId: string, seq: number) => `${deliveryId}/${seq}`
