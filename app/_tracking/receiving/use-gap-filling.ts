'use client'
import { type Dispatch, useEffect } from 'react'
import type { ServerClock } from '#app/_http/server-clock.ts'
import { missingAfter, type TrackingMessage, type TrackingState } from '../state/tracking-state.ts'
import { fillGap } from './fill-gap.ts'

type Input = { state: TrackingState; dispatch: Dispatch<TrackingMessage>; token: string; clock: ServerClock }

/** Fetches from the history what the stream left out: at pick-up, on opening the page, and when a seq is skipped. */
export function useGapFilling({ state, dispatch, token, clock }: Input): void {
  const deliveryId = state.phase === 'live' ? state.delivery.id : null
  const afterSeq = state.connection === 'connected' ? missingAfter(state) : null

  useEffect(() => {
    if (deliveryId === null || afterSeq === null) return
    const ending = new AbortController()
    void fillGap({ deliveryId, token, afterSeq, clock, signal: ending.signal, dispatch })
    return () => ending.abort()
  }, [deliveryId, afterSeq, token, clock, dispatch])
}
