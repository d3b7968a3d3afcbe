'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { type Pace, playOn, type Ride } from '../state/replay.ts'

/** The moment of the ride that is shown, and how it goes on. */
export function usePlaying(ride: Ride) {
  const [atMs, setAtMs] = useState(ride.startMs)
  const [pace, setPace] = useState<Pace>(8)
  const [isPlaying, setPlaying] = useState(false)
  const shown = useRef(atMs)

  const show = useCallback((nextMs: number) => {
    shown.current = nextMs
    setAtMs(nextMs)
  }, [])
  const seek = useCallback(
    (toMs: number) => show(Math.min(Math.max(toMs, ride.startMs), ride.endMs)),
    [show, ride],
  )

  useEffect(() => {
    if (!isPlaying) return
    let lastMs = performance.now()
    let frame = requestAnimationFrame(function next(nowMs) {
      show(playOn(ride, shown.current, Math.max(0, nowMs - lastMs), pace))
      lastMs = nowMs
      if (shown.current >= ride.endMs) return setPlaying(false)
      frame = requestAnimationFrame(next)
    })
    return () => cancelAnimationFrame(frame)
  }, [isPlaying, ride, pace, show])

  const toggle = useCallback(() => {
    // From its end a ride begins anew.
    if (shown.current >= ride.endMs) show(ride.startMs)
    setPlaying((before) => !before)
  }, [ride, show])

  return { atMs, pace, isPlaying, seek, setPace, toggle }
}
