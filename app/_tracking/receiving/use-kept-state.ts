'use client'
import { type Dispatch, useEffect, useMemo, useState } from 'react'
import { hasExpired } from '#app/_http/link-expiry.ts'
import type { ServerClock } from '#app/_http/server-clock.ts'
import { openKeptSnapshot } from '#app/_offline/kept-snapshot.ts'
import type { Snapshot } from '#contracts/snapshot.ts'
import { newestOf, type TrackingMessage, type TrackingState } from '../state/tracking-state.ts'

/** What is known is kept as often as this even when nothing changes, so that its age is told nearly right. */
const KEEP_EVERY_MS = 15_000
/** A server that has not answered by then is taken for out of reach. */
const PATIENCE_MS = 3_000

type Input = {
  isOn: boolean
  deliveryId: string
  token: string
  state: TrackingState
  dispatch: Dispatch<TrackingMessage>
  clock: ServerClock
}

/** Keeps what the page knows on the device until the delivery's end, and gives it to a page that reaches no server. */
export function useKeptState({ isOn, deliveryId, token, state, dispatch, clock }: Input): void {
  const [kept] = useState(() => (isOn ? openKeptSnapshot('track', deliveryId, token) : null))
  const [openedAtMs] = useState(state.nowMs)
  const { phase, connection, nowMs } = state

  const isAlone = phase === 'opening' && (connection !== 'connecting' || nowMs - openedAtMs > PATIENCE_MS)
  useEffect(() => {
    if (!isAlone || !kept) return
    void kept.read().then((known) => {
      if (!known) return
      clock.startFrom(known.aheadMs)
      if (hasExpired(token, clock.nowMs())) return kept.forget()
      dispatch({ type: 'kept', snapshot: known.snapshot, seenAtMs: known.seenAtMs })
    })
  }, [isAlone, kept, token, clock, dispatch])

  const snapshot = useSnapshot(state)
  const isTrue = connection === 'connected' && snapshot !== null
  const period = Math.floor(nowMs / KEEP_EVERY_MS)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `period` has the same written again, with its new time.
  useEffect(() => {
    if (isTrue) kept?.keep({ snapshot, seenAtMs: clock.nowMs(), aheadMs: clock.aheadMs() })
  }, [isTrue, snapshot, period, kept, clock])

  const isOver = phase === 'ended' || phase === 'refused'
  useEffect(() => {
    if (isOver) kept?.forget()
  }, [isOver, kept])
}

/** What the page shows, as the server would tell it; null when nothing is known, or the delivery is over. */
function useSnapshot(state: TrackingState): Snapshot | null {
  const known = state.phase === 'waiting' || state.phase === 'live' ? state : null
  const { delivery = null, pin = null, shopPhone = null } = known ?? {}
  const newest = newestOf(state)
  const eta = state.phase === 'live' ? state.eta : null
  return useMemo(() => {
    if (!delivery) return null
    return {
      ...{ delivery, lastLocation: newest, eta, lastSeq: newest?.seq ?? 0 },
      ...(pin !== null && { pin }),
      ...(shopPhone !== null && { phones: { store: shopPhone } }),
    }
  }, [delivery, pin, shopPhone, newest, eta])
}
