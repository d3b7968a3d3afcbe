'use client'
import { useEffect, useRef, useState } from 'react'
import { pause } from '#app/_http/pause.ts'
import { useInside } from '../inside-context.tsx'

/** A dragged slider asks for a new time at each frame; Kafka gets only the newest, a few times a second. */
const ASK_EVERY_MS = 120

/** The first offset that is not older than the chosen time, from Kafka; null before the first answer. */
export function useOffsetAt(deliveryId: string, timeMs: number | null): number | null {
  const { socket } = useInside()
  const [offset, setOffset] = useState<number | null>(null)
  const wanted = useRef<number | null>(null)
  const asking = useRef(false)
  useEffect(() => {
    wanted.current = timeMs
    if (!socket || timeMs === null || asking.current) return
    const ask = async () => {
      asking.current = true
      let asked: number | null = null
      while (wanted.current !== null && wanted.current !== asked) {
        asked = wanted.current
        const answer = await socket.call('time:offset-at', { deliveryId, timeMs: asked })
        if (answer.ok) setOffset(answer.value.offset)
        await pause(ASK_EVERY_MS)
      }
      asking.current = false
    }
    void ask()
  }, [socket, deliveryId, timeMs])
  return timeMs === null ? null : offset
}
