'use client'
import { useCallback, useEffect, useState } from 'react'
import type { RunningDelivery } from '#contracts/inside/deliveries.ts'
import { useDelivery } from '../delivery-context.tsx'
import { useActive } from '../inside-context.tsx'

type Followed = {
  followed: RunningDelivery | null
  /** The delivery that the page has moved on to, while an ended one is still shown. */
  next: RunningDelivery | null
  /** Call it when the ride has ended: its counts stay until the visitor goes on or chooses another delivery. */
  hold(): void
  goOn(): void
}

/** The chosen delivery; it stays after its end until the visitor wants another. */
export function useFollowed(): Followed {
  const { chosen, running, wanted } = useDelivery()
  const active = useActive()
  /** The followed delivery, and what the visitor had chosen when it began. */
  const [{ followed, wish }, setTurned] = useState({ followed: chosen, wish: wanted })
  const [held, setHeld] = useState(false)
  const isOther = chosen?.delivery.id !== followed?.delivery.id
  const isGone = followed !== null && !running.some(({ delivery }) => delivery.id === followed.delivery.id)
  // The list of deliveries may show the end before the two sides do.
  const stays = chosen === null || ((held || active) && isGone && wanted === wish)

  useEffect(() => {
    const turns = isOther && !stays
    if (turns || (!isOther && wanted !== wish)) setTurned({ followed: chosen, wish: wanted })
    if (turns) setHeld(false)
  }, [isOther, stays, wanted, wish, chosen])

  return {
    followed,
    next: isGone && isOther ? chosen : null,
    hold: useCallback(() => setHeld(true), []),
    goOn() {
      setTurned({ followed: chosen, wish: wanted })
      setHeld(false)
    },
  }
}
