'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { createServerClock } from '#app/_http/server-clock.ts'
import { newestOf, type TrackingState } from '#app/_tracking/index.ts'
import type { Location } from '#contracts/location.ts'
import { type Comparison, end, type Look, lookAt, show, startComparison } from './comparison.ts'
import { observeTransfers } from './observe-transfers.ts'
import { locationPath, pollLocation } from './poll-location.ts'

const LOOK_EVERY_MS = 500
/** Browsers report an answer's size a moment after the answer. */
const SETTLED_WITHIN_MS = 1_000

type Input = { deliveryId: string; token: string; everyMs: number; withEtag: boolean; active: boolean }

/**
 * Counts both ways of following one delivery, from zero whenever a setting changes or the chapter becomes active again.
 * The last counts stay visible.
 */
export function useComparison({ deliveryId, token, everyMs, withEtag, active }: Input) {
  const [clock] = useState(() => createServerClock(Date.now))
  /** The running comparison; null while the chapter is inactive. */
  const [running, setRunning] = useState<Comparison | null>(null)
  const [look, setLook] = useState<Look | null>(null)
  const [polledTrail, setPolledTrail] = useState<readonly Location[]>([])
  const [tracking, setTracking] = useState<TrackingState | null>(null)
  const latest = useRef<Comparison | null>(null)

  useEffect(() => {
    if (!active) return
    const comparison = startComparison(clock)
    const { polled } = comparison
    const stopping = new AbortController()
    const startedAtMs = performance.now()
    latest.current = comparison
    const tell = () => {
      if (latest.current === comparison) setLook(lookAt(comparison))
    }
    const unobserve = observeTransfers(locationPath(deliveryId), (entry) => {
      if (entry.startTime < startedAtMs) return
      polled.bytes += entry.transferSize
    })
    const polling = pollLocation({
      deliveryId,
      token,
      everyMs,
      withEtag,
      clock,
      signal: stopping.signal,
      onRequest() {
        polled.requests += 1
      },
      onAnswer({ status, location }) {
        if (status === 200 || status === 204) polled.fresh += 1
        else if (status === 304) polled.unchanged += 1
        else if (status === 410) end(polled, clock)
        else polled.failed += 1
        if (location) show(polled, location, clock)
        if (location && latest.current === comparison) setPolledTrail(polled.trail)
      },
    })
    setRunning(comparison)
    tell()
    const timer = setInterval(tell, LOOK_EVERY_MS)
    return () => {
      stopping.abort()
      clearInterval(timer)
      comparison.stoppedAtMs = clock.nowMs()
      setRunning(null)
      void polling.then(() => {
        tell()
        setTimeout(() => {
          unobserve()
          tell()
        }, SETTLED_WITHIN_MS)
      })
    }
  }, [deliveryId, token, everyMs, withEtag, active, clock])

  const onTracking = useCallback(
    (state: TrackingState) => {
      const pushed = latest.current?.pushed
      const newest = newestOf(state)
      if (pushed && newest) show(pushed, newest, clock)
      if (pushed && state.phase === 'ended') end(pushed, clock)
      // The picture stays during a reconnect.
      if (state.phase !== 'opening') setTracking(state)
    },
    [clock],
  )
  return { running, look, polledTrail, tracking, onTracking }
}
