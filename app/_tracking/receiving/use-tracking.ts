'use client'
import { useEffect, useReducer, useRef, useState } from 'react'
import { io, type ManagerOptions, type Socket } from 'socket.io-client'
import { backoffMs } from '#app/_http/backoff.ts'
import { hasExpired } from '#app/_http/link-expiry.ts'
import { createServerClock } from '#app/_http/server-clock.ts'
import { snapshotSchema } from '#contracts/snapshot.ts'
import {
  type CustomerEvents,
  closedMessageSchema,
  type HandshakeAuth,
  locationMessageSchema,
  routeMessageSchema,
  statusMessageSchema,
  TRACKING_NAMESPACE,
  type TrackingEvents,
} from '#contracts/socket.ts'
import { reduceTracking } from '../state/reduce-tracking.ts'
import { initialTracking, newestOf, type TrackingState } from '../state/tracking-state.ts'
import { fetchFinalState } from './fetch-final-state.ts'
import { createPlacing } from './placing.ts'
import { isFinalRefusal, readRefusal } from './refusal.ts'
import { useGapFilling } from './use-gap-filling.ts'
import { useKeptState } from './use-kept-state.ts'
import { usePainted } from './use-painted.ts'
import { whenParsed } from './when-parsed.ts'

const TICK_MS = 1_000
const TRANSPORTS: ManagerOptions['transports'] = ['websocket', 'polling']

type Options = {
  /** The same array at each render; another one to count what goes over the wire. */
  transports?: ManagerOptions['transports']
  /** Keeps what is known on the device, and shows it while the server cannot be reached. */
  keeps?: boolean
  /** Goes to the instance that has the delivery, if it is told to. */
  follows?: boolean
}

/** The customer's end of the push: one socket, every message parsed and handed to the reducer. Nothing here polls. */
export function useTracking(
  deliveryId: string,
  token: string,
  { transports = TRANSPORTS, keeps = false, follows = false }: Options = {},
): TrackingState {
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
    const placing = follows ? createPlacing() : null

    const socket: Socket<TrackingEvents, CustomerEvents> = io(TRACKING_NAMESPACE, {
      transports,
      tryAllTransports: true,
      // A connection of its own, so that closing this socket closes everything it opened.
      forceNew: true,
      // Called at every reconnect: with `afterSeq` the server sends what was missed.
      auth: (answer) => {
        const afterSeq = newestSeq.current
        answer({ token, ...(afterSeq > 0 && { afterSeq }), ...placing?.auth() } satisfies HandshakeAuth)
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
        // Only now is the page up to date again, so that freshness can be judged.
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
      'delivery:route',
      whenParsed(routeMessageSchema, (message) => dispatch({ type: 'route', message })),
    )

    socket.on(
      'delivery:closed',
      whenParsed(closedMessageSchema, ({ code }) => {
        // The server disconnects next. That is not an interruption: a reconnect would be refused.
        socket.off('disconnect').disconnect()
        dispatch({ type: 'refused', code, expired: hasExpired(token, clock.nowMs()) })
      }),
    )

    socket.on('disconnect', () => {
      placing?.onLost()
      ask()
      interrupted()
    })
    socket.on('connect_error', (error) => {
      const isSent = placing?.isSent(error)
      ask()
      if (isSent) return void socket.disconnect().connect()
      const { code, retryAfterMs } = readRefusal(error)
      if (!code || !isFinalRefusal(code)) return interrupted(retryAfterMs)
      socket.disconnect()
      void fetchFinalState({ deliveryId, token, code, clock, signal: ending.signal }).then((message) => {
        if (!ending.signal.aborted) dispatch(message)
      })
    })

    /** The next connection is made there. */
    function ask() {
      if (placing) socket.io.opts.path = placing.path()
    }

    function interrupted(retryAfterMs: number | null = null) {
      dispatch({ type: 'connection', connection: navigator.onLine ? 'reconnecting' : 'offline' })
      // The server said when to come back: socket.io-client would retry earlier.
      if (retryAfterMs !== null) socket.disconnect()
      // After a refusal or a disconnect by the server socket.io-client does not reconnect on its own; otherwise it does.
      if (socket.active) return
      failures++
      clearTimeout(retry)
      retry = setTimeout(() => socket.connect(), backoffMs(failures, Math.random, retryAfterMs))
    }
    /** The network changed: only a new connection shows whether it works, and that one also brings what was missed. */
    function reconnect() {
      socket.disconnect()
      clearTimeout(retry)
      dispatch({ type: 'connection', connection: navigator.onLine ? 'reconnecting' : 'offline' })
      socket.connect()
    }
    /** The page is visible again: skip the rest of a long delay. */
    function onVisible() {
      if (!document.hidden && navigator.onLine && !socket.connected) reconnect()
    }

    window.addEventListener('online', reconnect)
    window.addEventListener('offline', reconnect)
    document.addEventListener('visibilitychange', onVisible)
    return () => {
      window.removeEventListener('online', reconnect)
      window.removeEventListener('offline', reconnect)
      document.removeEventListener('visibilitychange', onVisible)
      clearTimeout(retry)
      ending.abort()
      socket.off()
      socket.disconnect()
    }
  }, [deliveryId, token, transports, follows, notePainted, clock, over])

  useGapFilling({ state, dispatch, token, clock })
  useKeptState({ isOn: keeps, deliveryId, token, state, dispatch, clock })

  useEffect(() => {
    if (over) return
    const timer = setInterval(() => dispatch({ type: 'tick', nowMs: clock.nowMs() }), TICK_MS)
    return () => clearInterval(timer)
  }, [clock, over])

  return state
}
