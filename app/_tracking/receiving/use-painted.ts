'use client'
import { useCallback, useEffect, useRef } from 'react'
import type { ServerClock } from '#app/_http/server-clock.ts'
import type { LocationMessage, PaintedMessage } from '#contracts/socket.ts'
import { newestOf, type TrackingState } from '../state/tracking-state.ts'

type Answer = (painted: PaintedMessage) => void

/**
 * Returns a function to call with each location message. Where the server asks when a point was painted, it answers after
 * the frame that moved the marker, with the server's clock. Hidden pages paint nothing and do not answer.
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
    // The first callback runs before the frame is painted, the second after it.
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
