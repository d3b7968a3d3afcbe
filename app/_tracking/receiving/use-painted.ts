'use client'
import { useCallback, useEffect, useRef } from 'react'
import type { ServerClock } from '#app/_http/server-clock.ts'
import type { LocationMessage, PaintedMessage } from '#contracts/socket.ts'
import { newestOf, type TrackingState } from '../state/tracking-state.ts'

type Answer = (painted: PaintedMessage) => void

/**
 * Answers where the server asks when a point was on the screen: after the frame in which the marker took it, on the
 * server's clock. A page that nobody looks at paints nothing, and does not answer. Hand it each message.
 */
export function usePainted(
  state: TrackingState,
  clock: ServerClock,
): (message: LocationMessage, answer: Answer) => void {
  const asked = useRef<{ seq: number; answer: Answer }[]>([])

  useEffect(() => {
    const newestSeq = newestOf(state)?.seq ?? 0
    const taken = asked.current.filter(({ seq }) => seq <= newestSeq)
    if (taken.length === 0) return
    asked.current = asked.current.filter(({ seq }) => seq > newestSeq)
    // The first is called before the frame is painted, the second once it has been.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        const paintedAtMs = clock.nowMs()
        for (const { seq, answer } of taken) answer({ seq, paintedAtMs })
      }),
    )
  }, [state, clock])

  return useCallback(({ location, trace }, answer) => {
    if (trace?.painted === 'tell' && !document.hidden) asked.current.push({ seq: location.seq, answer })
  }, [])
}
