'use client'
import { useCallback, useEffect, useState } from 'react'
import { backoffMs } from '#app/_http/backoff.ts'
import { callApi } from '#app/_http/call-api.ts'
import { deliveryPath } from '#app/_http/delivery-path.ts'
import { hasExpired } from '#app/_http/link-expiry.ts'
import { pause } from '#app/_http/pause.ts'
import { createServerClock } from '#app/_http/server-clock.ts'
import { toLatLng } from '#app/_map/trail-path.ts'
import { openKeptSnapshot } from '#app/_offline/kept-snapshot.ts'
import { type Snapshot, snapshotSchema } from '#contracts/snapshot.ts'
import { openOutbox } from '../outbox/open-outbox.ts'
import { isFinal } from '../sending/judge-failure.ts'
import { deviceId as idOfThisDevice } from './device-id.ts'
import { type Hold, holdRide } from './hold-ride.ts'
import { keepRide } from './keep-ride.ts'
import { openKeptRide } from './kept-ride.ts'
import { type RiderSession, startRiderSession } from './rider-session.ts'
import type { RiderState } from './rider-state.ts'

export type Rider =
  | { phase: 'opening'; offline: boolean }
  | { phase: 'refused'; code: string; fault: LinkFault }
  /** Another tab of this browser rides this delivery. */
  | { phase: 'elsewhere' }
  | { phase: 'ready'; snapshot: Snapshot; session: RiderSession }

/** Why the link opens nothing, as far as it can be told. */
export type LinkFault = 'expired' | 'erased' | 'unknown'

type Opened = { snapshot: Snapshot; isKept: boolean }

/** Opens the delivery for its rider: reads it, makes sure that no other tab rides it, and starts the session. */
export function useRider(
  deliveryId: string,
  token: string,
  firstSource: RiderState['source'],
): { rider: Rider; takeOver: () => void } {
  const [rider, setRider] = useState<Rider>({ phase: 'opening', offline: false })
  const [attempt, setAttempt] = useState({ number: 0, takeOver: false })

  useEffect(() => {
    const leaving = new AbortController()
    const { signal } = leaving
    const clock = createServerClock(Date.now)
    const kept = openKeptSnapshot('rider', deliveryId, token)
    let session: RiderSession | null = null
    let hold: Hold | null = null
    setRider({ phase: 'opening', offline: false })
    void open()

    async function open() {
      const opened = await readSnapshot({ orKept: true })
      if (!opened) return
      const { snapshot } = opened
      const takeOver = attempt.takeOver
      const held = await holdRide(deliveryId, { takeOver, onLost: () => leave({ phase: 'elsewhere' }) })
      if (signal.aborted) return held?.release()
      if (!held) return setRider({ phase: 'elsewhere' })
      hold = held
      const outbox = await openOutbox(deliveryId, snapshot.lastSeq)
      if (signal.aborted) return outbox.close()
      const newest = outbox.newest() ?? snapshot.lastLocation
      const start = newest ? toLatLng(newest) : null
      const settings = openKeptRide(deliveryId)
      const deviceId = idOfThisDevice()
      const deps = { deliveryId, token, deviceId, snapshot, outbox, clock, start, firstSource }
      session = startRiderSession({ ...deps, kept: settings })
      keepRide({ session, snapshot, outbox, clock, kept })
      setRider({ phase: 'ready', snapshot, session })
      if (opened.isKept) await catchUp(session)
    }

    /** The ride goes on as an earlier page knew it; the server may know better by now. */
    async function catchUp(session: RiderSession) {
      const opened = await readSnapshot({ orKept: false })
      if (!opened || signal.aborted) return
      session.takeIn(opened.snapshot)
      setRider({ phase: 'ready', snapshot: opened.snapshot, session })
    }

    /** From the server; while that cannot be reached, what an earlier page kept. */
    async function readSnapshot({ orKept }: { orKept: boolean }): Promise<Opened | null> {
      for (let failures = 1; !signal.aborted; failures++) {
        const path = deliveryPath(deliveryId)
        const answer = await callApi(snapshotSchema, path, { token, signal, clock })
        if (signal.aborted) return null
        if (answer.ok) return { snapshot: answer.value, isKept: false }
        if (isFinal(answer)) {
          kept.forget()
          const code = answer.code ?? String(answer.status)
          leave({ phase: 'refused', code, fault: faultOf(code, token, clock.nowMs()) })
          return null
        }
        const known = orKept ? await kept.read() : null
        if (signal.aborted) return null
        if (known) {
          clock.startFrom(known.aheadMs)
          return { snapshot: known.snapshot, isKept: true }
        }
        if (!session) setRider({ phase: 'opening', offline: true })
        await pause(backoffMs(failures, Math.random, answer.retryAfterMs), signal)
      }
      return null
    }

    function leave(next: Rider) {
      session?.stop()
      if (!signal.aborted) setRider(next)
    }

    return () => {
      leaving.abort()
      session?.stop()
      hold?.release()
    }
  }, [deliveryId, token, attempt, firstSource])

  const takeOver = useCallback(() => setAttempt(({ number }) => ({ number: number + 1, takeOver: true })), [])
  return { rider, takeOver }
}

function faultOf(code: string, token: string, nowMs: number): LinkFault {
  if (code === 'not_found') return 'erased'
  return code === 'unauthenticated' && hasExpired(token, nowMs) ? 'expired' : 'unknown'
}
