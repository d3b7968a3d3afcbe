'use client'
import { useCallback, useEffect, useState } from 'react'
import { listDeliveriesAnswerSchema } from '#contracts/http.ts'
import type { Summary } from '#contracts/snapshot.ts'
import { useDispatcher } from '../dispatcher.tsx'

export type Ended = {
  /** Newest first; null before the first page. */
  deliveries: readonly Summary[] | null
  hasMore: boolean
  isBusy: boolean
  failed: boolean
  more: () => void
}

/** What is over, page by page; asked for anew each time that it is looked at. */
export function useEnded(isWanted: boolean): Ended {
  const { call } = useDispatcher()
  const [deliveries, setDeliveries] = useState<readonly Summary[] | null>(null)
  const [cursor, setCursor] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [failed, setFailed] = useState(false)

  const load = useCallback(
    async (after: string | null, signal?: AbortSignal) => {
      setBusy(true)
      const from = after === null ? '' : `&cursor=${encodeURIComponent(after)}`
      const answer = await call(listDeliveriesAnswerSchema, `/api/deliveries?state=ended${from}`, {
        ...(signal && { signal }),
      })
      if (signal?.aborted) return
      setBusy(false)
      setFailed(!answer.ok)
      if (!answer.ok) return
      const page = answer.value
      setDeliveries((before) => (after === null ? page.deliveries : [...(before ?? []), ...page.deliveries]))
      setCursor(page.nextCursor)
    },
    [call],
  )

  useEffect(() => {
    if (!isWanted) return
    const leaving = new AbortController()
    void load(null, leaving.signal)
    return () => leaving.abort()
  }, [isWanted, load])

  return { deliveries, hasMore: failed || cursor !== null, isBusy, failed, more: () => void load(cursor) }
}
