'use client'
import { useEffect, useReducer, useRef, useState } from 'react'
import { io, type ManagerOptions, type Socket } from 'socket.io-client'
import { backoffMs } from '#app/_http/backoff.ts'
import { createServerClock } from '#app/_http/server-clock.ts'
import { snapshotSchema } from '#contracts/snapshot.ts'
import {
  type CustomerEvents,
  closedMessageSchema,
  type HandshakeAuth,
  locationMessageSchema,
  statusMessageSchema,
  TRACKING_NAMESPACE,
  type TrackingEvents,
} from '#contracts/socket.ts'
import { reduceTracking } from '../state/reduce-tracking.ts'
import { initialTracking, newestOf, type TrackingState } from '../state/tracking-state.ts'
import { fetchFinalState } from './fetch-final-state.ts'
import { hasExpired } from './link-expiry.ts'
import { isFinalRefusal, refusalCode } from './refusal.ts'
import { useGapFilling } from './use-gap-filling.ts'
import { usePainted } from './use-painted.ts'
import { whenParsed } from './when-parsed.ts'

const TICK_MS = 1_000
const TRANSPORTS: ManagerOptions['transports'] = ['websocket', 'polling']

/**
 * The customer's end of the push: one socket, every message parsed and handed to the reducer. Nothing here polls.
 * With other `transports` (the same array at each render) it can be counted what goes over the wire.
 */
export function useTracking(deliveryId: string, token: string, transports = TRANSPORTS): TrackingState {
  const [clock] = useState(() => createServerClock(Date.now))
  const [state, dispatch] = useReducer(reduceTracking, clock.nowMs(), initialTracking)
  const over = state.phase === 'ended' || state.phase === 'refused'
  const notePainted = usePainted(state, clock)
  const newestSeq = useRef(0)
  useEffect(() => {
    newestSeq.current = newestOf(state)?.seq ?? 0
  }, [state])

  useEffect(() => {
    if (over) return dispatch({ type: 'connection', connection: 'closed' })
    const ending = new AbortController()
    let failures = 0
    let retry: ReturnType<typeof setTimeout> | undefined

    const socket: Socket<TrackingEvents, CustomerEvents> = io(TRACKING_NAMESPACE, {
      transports,
      tryAllTransports: true,
      // Its own connection, so that closing this hook's socket closes everything it opened.
      forceNew: true,
      // Asked for at every reconnect: the server then sends what was missed.
      auth: (answer) => {
        const afterSeq = newestSeq.current
        answer((afterSeq > 0 ? { token, afterSeq } : { token }) satisfies HandshakeAuth)
      },
      // socket.io-client doubles the delay each time and spreads it by ±50 %, so that a crowd does not come back at once.
      reconnectionDelay: 500,
      reconnectionDelayMax: 8_000,
      randomizationFactor: 0.5,
    })

    socket.on(
      'delivery:snapshot',
      whenParsed(snapshotSchema, (snapshot) => {
        failures = 0
        dispatch({ type: 'snapshot', snapshot })
        // Only now is what the page shows up to date again, and may be judged as fresh or stale.
        dispatch({ type: 'connection', connection: 'connected' })
      }),
    )
    socket.on(
      'delivery:location',
      whenParsed(locationMessageSchema, (message) => {
        notePainted(message, (painted) => socket.emit('delivery:painted', painted))
        dispatch({ type: 'location', message })
      }),
    )
    socket.on(
      'delivery:status',
      whenParsed(statusMessageSchema, (message) => dispatch({ type: 'status', message })),
    )

    socket.on(
      'delivery:closed',
      whenParsed(closedMessageSchema, ({ code }) => {
        // The disconnect that follows is no interruption: coming back would be refused.
        socket.off('disconnect').disconnect()
        dispatch({ type: 'refused', code, expired: hasExpired(token, clock.nowMs()) })
      }),
    )

    socket.on('disconnect', () => interrupted())
    socket.on('connect_error', (error) => {
      const code = refusalCode(error)
      if (!code || !isFinalRefusal(code)) return interrupted()
      socket.disconnect()
      void fetchFinalState({ deliveryId, token, code, clock, signal: ending.signal }).then((message) => {
        if (!ending.signal.aborted) dispatch(message)
      })
    })

    function interrupted() {
      dispatch({ type: 'connection', connection: navigator.onLine ? 'reconnecting' : 'offline' })
      // After a refusal or a goodbye from the server the library waits to be told; after anything else it goes on by itself.
      if (socket.active) return
      failures++
      clearTimeout(retry)
      retry = setTimeout(() => socket.connect(), backoffMs(failures, Math.random))
    }
    /** The network came, went or is another one: only a new connection tells whether it carries. It also has what was missed. */
    function renew() {
      socket.disconnect()
      clearTimeout(retry)
      dispatch({ type: 'connection', connection: navigator.onLine ? 'reconnecting' : 'offline' })
      socket.connect()
    }
    /** Looked at again: no reason to sit out the rest of a long delay. */
    function hurry() {
      if (!document.hidden && navigator.onLine && !socket.connected) renew()
    }

    window.addEventListener('online', renew)
    window.addEventListener('offline', renew)
    document.addEventListener('visibilitychange', hurry)
    return () => {
      window.removeEventListener('online', renew)
      window.removeEventListener('offline', renew)
      document.removeEventListener('visibilitychange', hurry)
      clearTimeout(retry)
      ending.abort()
      socket.off()
      socket.disconnect()
    }
  }, [deliveryId, token, transports, notePainted, clock, over])

  useGapFilling({ state, dispatch, token, clock })

  useEffect(() => {
    if (over) return
    const timer = setInterval(() => dispatch({ type: 'tick', nowMs: clock.nowMs() }), TICK_MS)
    return () => clearInterval(timer)
  }, [clock, over])

  return state
}
