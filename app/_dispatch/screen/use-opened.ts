'use client'
import { useEffect, useMemo, useState } from 'react'
import { deliveryPath } from '#app/_http/delivery-path.ts'
import type { ServerClock } from '#app/_http/server-clock.ts'
import type { DeliveryStatus } from '#contracts/delivery.ts'
import type { OpenedDelivery } from '#contracts/dispatch.ts'
import type { Location } from '#contracts/location.ts'
import type { LatLng } from '#contracts/place.ts'
import { type Summary, snapshotSchema } from '#contracts/snapshot.ts'
import { isEnded } from '#domain/lifecycle.ts'
import { type Dispatcher, useDispatcher } from '../dispatcher.tsx'
import type { BoardSocket } from '../receiving/board-socket.ts'
import { loadRide, loadTrack } from '../receiving/load-ride.ts'

/** What the sheet of the selected delivery shows beside the board; nothing while none is selected. */
export type Opened = {
  value: OpenedDelivery | null
  /** What the sheet's calls are made with beside the dispatch token: in the demo, where it is not known, the rider's link. */
  link: { link?: string }
  locations: readonly Location[] | null
  trail: LatLng[] | null
  /** As it ended, if it is not on the board any more. */
  ended: Summary | null
  failed: boolean
  retry: () => void
}

const NO_LINK = {}

type Input = {
  deliveryId: string | null
  status: DeliveryStatus | undefined
  socket: BoardSocket | null
  clock: ServerClock
}
type Found = {
  deliveryId: string
  value: OpenedDelivery
  link: { link?: string }
  locations: readonly Location[] | null
  ended: Summary | null
}

/** Asked again whenever the status changes: with it the times of the story do. */
export function useOpened({ deliveryId, status, socket, clock }: Input): Opened {
  const { token, call } = useDispatcher()
  const [found, setFound] = useState<Found | null>(null)
  const [failed, setFailed] = useState(false)
  const [tries, setTries] = useState(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again for a new status, and when the user says so.
  useEffect(() => {
    setFailed(false)
    if (deliveryId === null || !socket) return setFound(null)
    const leaving = new AbortController()
    const { signal } = leaving
    void (async () => {
      const reply = await socket.open(deliveryId)
      if (signal.aborted) return
      if (!reply?.ok) return setFailed(true)
      const riders = reply.value.links?.rider.token
      const link = token === null && riders !== undefined ? { link: riders } : {}
      const ended = status === undefined ? await readEnded(deliveryId, call, { ...link, signal }) : null
      if (signal.aborted) return
      const isOver = ended !== null || (status !== undefined && isEnded(status))
      const opened = { deliveryId, value: reply.value, link, ended }
      setFound((before) => ({
        ...opened,
        locations: before?.deliveryId === deliveryId ? before.locations : null,
      }))
      const load = isOver && 'link' in link ? loadTrack : loadRide
      const locations = await load(deliveryId, call, { ...link, clock, signal })
      if (signal.aborted) return
      if (locations) setFound({ ...opened, locations })
      else setFailed(true)
    })()
    return () => leaving.abort()
  }, [deliveryId, status, socket, token, call, clock, tries])

  const own = found?.deliveryId === deliveryId ? found : null
  const trail = useMemo(
    () =>
      own?.locations?.filter(({ implausible }) => !implausible).map(({ lat, lng }): LatLng => [lat, lng]) ??
      null,
    [own?.locations],
  )
  return {
    value: own?.value ?? null,
    link: own?.link ?? NO_LINK,
    locations: own?.locations ?? null,
    trail,
    ended: own?.ended ?? null,
    failed,
    retry: () => setTries((before) => before + 1),
  }
}

/** What has left the board: how it ended; null while it runs. */
async function readEnded(
  deliveryId: string,
  call: Dispatcher['call'],
  options: { link?: string; signal: AbortSignal },
): Promise<Summary | null> {
  const answer = await call(snapshotSchema, deliveryPath(deliveryId), options)
  if (!answer.ok || !isEnded(answer.value.delivery.status)) return null
  const { route: _route, ...delivery } = answer.value.delivery
  return { ...delivery, lastLocation: null, eta: null }
}
