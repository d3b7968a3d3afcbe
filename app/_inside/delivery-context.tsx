'use client'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react'
import type { Text } from '#app/_words/language.ts'
import { problemDetail } from '#app/_words/problem-words.ts'
import type { RunningDelivery } from '#contracts/inside/deliveries.ts'
import type { DemoRide } from './demo-ride.ts'
import { useInside } from './inside-context.tsx'

type Chosen = {
  running: readonly RunningDelivery[]
  /** The delivery that the chapters show; null when none is running. */
  chosen: RunningDelivery | null
  choose(deliveryId: string): void
  /** The delivery that the visitor chose or started last; it may not be in the list yet, or no longer. */
  wanted: string | null
  /** The ride that this page started, or null. */
  ride: DemoRide | null
  startRide(): Promise<void>
  trouble: Text | null
}

const DeliveryContext = createContext<Chosen | null>(null)
const LOOK_EVERY_MS = 3_000

/** The delivery that all chapters show: a running one, or one that this page starts. */
export function DeliveryProvider({ children }: { children: ReactNode }) {
  const { socket, connection } = useInside()
  const [running, setRunning] = useState<readonly RunningDelivery[]>([])
  const [wanted, setWanted] = useState<string | null>(null)
  const [ride, setRide] = useState<DemoRide | null>(null)
  const [trouble, setTrouble] = useState<Text | null>(null)
  const ridesStarted = useRef(0)

  useEffect(() => {
    if (!socket || connection !== 'connected') return
    let gone = false
    const look = async () => {
      if (document.hidden) return
      const before = ridesStarted.current
      const answer = await socket.call('deliveries:running', {})
      // This answer may be older than the ride that was just started.
      const isOfNow = before === ridesStarted.current
      if (!gone && isOfNow && answer.ok) setRunning(answer.value)
    }
    void look()
    const timer = setInterval(look, LOOK_EVERY_MS)
    return () => {
      gone = true
      clearInterval(timer)
    }
  }, [socket, connection])

  useEffect(() => () => ride?.session.stop(), [ride])

  const value = useMemo<Chosen>(() => {
    const chosen = running.find(({ delivery }) => delivery.id === wanted) ?? running[0] ?? null
    return {
      running,
      chosen,
      choose: setWanted,
      wanted,
      ride,
      trouble,
      async startRide() {
        const { startDemoRide } = await import('./demo-ride.ts')
        const answer = await startDemoRide()
        if (!answer.ok) return setTrouble(problemDetail(answer))
        const { delivery, customer } = answer.value.started
        ridesStarted.current += 1
        setTrouble(null)
        setRide(answer.value)
        setWanted(delivery.id)
        setRunning((before) => [{ delivery, customerToken: customer.token }, ...before])
      },
    }
  }, [running, wanted, ride, trouble])
  return <DeliveryContext value={value}>{children}</DeliveryContext>
}

export function useDelivery(): Chosen {
  const chosen = useContext(DeliveryContext)
  if (!chosen) throw new Error('useDelivery needs a DeliveryProvider above it')
  return chosen
}
