'use client'
import { useEffect, useState } from 'react'
import type { RunningDelivery } from '#contracts/inside/deliveries.ts'
import { useDelivery } from '../delivery-context.tsx'

type Followed = {
  followed: RunningDelivery | null
  /** What the page has turned to by itself, while the one that has ended is still shown. */
  next: RunningDelivery | null
  /** Call it when the ride has ended: what was counted then stays until someone goes on or chooses another. */
  hold(): void
  goOn(): void
}

/** The chosen delivery, and after its end still the same one. */
export function useFollowed(): Followed {
  const { chosen, running } = useDelivery()
  const [followed, setFollowed] = useState(chosen)
  const [held, setHeld] = useState(false)
  /** Its id or null for none, once the page has turned from the one that ended. */
  const [turnedTo, setTurnedTo] = useState<string | null | undefined>(undefined)
  const chosenId = chosen?.delivery.id ?? null
  const isOther = chosenId !== (followed?.delivery.id ?? null)
  const isGone = !running.some(({ delivery }) => delivery.id === followed?.delivery.id)

  useEffect(() => {
    if (!isOther || chosenId === turnedTo) return
    if (held && isGone && turnedTo === undefined) return setTurnedTo(chosenId)
    if (chosen === null) return
    setFollowed(chosen)
    setHeld(false)
    setTurnedTo(undefined)
  }, [isOther, isGone, chosenId, turnedTo, held, chosen])

  return {
    followed,
    next: held && isOther ? chosen : null,
    hold: () => setHeld(true),
    goOn() {
      setFollowed(chosen)
      setHeld(false)
      setTurnedTo(undefined)
    },
  }
}
