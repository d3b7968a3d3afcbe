'use client'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { dateOf } from '#app/_http/date-of.ts'
import { createServerClock, type ServerClock } from '#app/_http/server-clock.ts'
import { type BoardState, createBoardStore } from '../state/board-store.ts'
import { type BoardSocket, openBoardSocket } from './board-socket.ts'

const TICK_MS = 1_000

export type OpenBoard = { state: BoardState; nowMs: number; socket: BoardSocket | null; clock: ServerClock }

/** One socket for the whole page, and the server's time once a second: silence is counted on the server's clock. */
export function useBoard(token: string | null): OpenBoard {
  const [store] = useState(createBoardStore)
  const [clock] = useState(() => createServerClock(Date.now))
  const [socket, setSocket] = useState<BoardSocket | null>(null)
  const [nowMs, setNowMs] = useState(() => clock.nowMs())
  const state = useSyncExternalStore(store.subscribe, store.get, store.get)

  useEffect(() => {
    const opened = openBoardSocket(token, store.apply)
    setSocket(opened)
    return () => {
      opened.close()
      setSocket(null)
    }
  }, [token, store])

  useEffect(() => {
    const learn = clock.ask()
    fetch('/healthz', { cache: 'no-store' }).then(
      (response) => learn(dateOf(response)),
      // The device's own clock then.
      () => learn(null),
    )
    const timer = setInterval(() => setNowMs(clock.nowMs()), TICK_MS)
    return () => clearInterval(timer)
  }, [clock])

  return { state, nowMs, socket, clock }
}
