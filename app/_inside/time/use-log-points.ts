'use client'
import { useEffect, useRef, useState } from 'react'
import type { LogEdges, LogPoint } from '#contracts/inside/time.ts'
import { useInside } from '../inside-context.tsx'

const NONE: readonly LogPoint[] = []

/**
 * The delivery's points in the log, by offset. Records never change, so each is read once; those that retention deleted
 * since are left out.
 */
export function useLogPoints(deliveryId: string, edges: LogEdges | null): readonly LogPoint[] {
  const { socket } = useInside()
  const [points, setPoints] = useState<readonly LogPoint[]>([])
  const nextOffset = useRef<number | null>(null)
  const reading = useRef(false)

  useEffect(() => {
    if (!socket || !edges || reading.current) return
    const read = async () => {
      let from = Math.max(nextOffset.current ?? edges.firstOffset, edges.low)
      reading.current = true
      while (from < edges.high) {
        const answer = await socket.call('time:points', { deliveryId, fromOffset: from })
        if (!answer.ok || answer.value.nextOffset === from) break
        from = answer.value.nextOffset
        nextOffset.current = from
        setPoints((before) => merge(before, answer.value.points))
      }
      reading.current = false
    }
    void read()
  }, [socket, edges, deliveryId])

  const low = edges?.low ?? 0
  const first = points.findIndex(({ offset }) => offset >= low)
  return first < 0 ? NONE : first === 0 ? points : points.slice(first)
}

function merge(before: readonly LogPoint[], news: readonly LogPoint[]): readonly LogPoint[] {
  const last = before.at(-1)?.offset ?? -1
  const added = news.filter(({ offset }) => offset > last)
  return added.length === 0 ? before : [...before, ...added]
}
