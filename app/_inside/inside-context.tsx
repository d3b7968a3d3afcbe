'use client'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { afterFirstLook } from '#app/_ui/after-first-look.ts'
import type { StreamEvent, StreamInput, StreamName } from '#contracts/inside/protocol.ts'
import type { InsideConnection, InsideSocket } from './inside-socket.ts'

type Inside = { socket: InsideSocket | null; connection: InsideConnection }

const InsideContext = createContext<Inside>({ socket: null, connection: 'connecting' })
/** Whether the surrounding chapter is active: only that one watches. */
export const ActiveContext = createContext(true)

/** One socket for the whole page. `token` is dispatch's, and not needed in the demo. */
export function InsideProvider({ token, children }: { token: string | null; children: ReactNode }) {
  const [socket, setSocket] = useState<InsideSocket | null>(null)
  const [connection, setConnection] = useState<InsideConnection>('connecting')
  useEffect(() => {
    let opened: InsideSocket | null = null
    let gone = false
    // With what connects and what it says the page's words would come later.
    void afterFirstLook(() => import('./inside-socket.ts')).then(({ openInsideSocket }) => {
      if (gone) return
      opened = openInsideSocket(token, setConnection)
      setSocket(opened)
    })
    return () => {
      gone = true
      opened?.close()
      setSocket(null)
    }
  }, [token])
  const inside = useMemo(() => ({ socket, connection }), [socket, connection])
  return <InsideContext value={inside}>{children}</InsideContext>
}

export const useInside = () => useContext(InsideContext)
export const useActive = () => useContext(ActiveContext)

/** Calls back for each event while the chapter is active and `input` is not null. */
export function useStream<Name extends StreamName>(
  name: Name,
  input: StreamInput<Name> | null,
  onEvent: (event: StreamEvent<Name>) => void,
): void {
  const { socket } = useInside()
  const active = useActive()
  const key = input === null ? null : JSON.stringify(input)
  const handler = useRef(onEvent)
  useEffect(() => {
    handler.current = onEvent
  })
  useEffect(() => {
    if (!socket || !active || key === null) return
    return socket.watch(name, JSON.parse(key) as StreamInput<Name>, (event) => handler.current(event))
  }, [socket, active, name, key])
}

/** The newest event; null before the first. It stays while the chapter is inactive. */
export function useWatch<Name extends StreamName>(
  name: Name,
  input: StreamInput<Name> | null,
): StreamEvent<Name> | null {
  const [event, setEvent] = useState<StreamEvent<Name> | null>(null)
  useStream(name, input, setEvent)
  return event
}
