'use client'
import { useMemo, useState } from 'react'
import type { Journey } from '#contracts/inside/journey.ts'
import { useStream } from '../inside-context.tsx'

const SHOWN = 12
/** Enough to hold a selection while newer points arrive. */
const KEPT = 200

/** The newest points of a delivery, newest first. With `hold` the list is frozen, so that one can be selected. */
export function useJourneys(
  deliveryId: string,
  { hold }: { hold: boolean },
): { group: string; journeys: readonly Journey[] } {
  const [group, setGroup] = useState('')
  const [known, setKnown] = useState<readonly Journey[]>([])
  const [held, setHeld] = useState<readonly number[] | null>(null)
  useStream('journey:points', { deliveryId }, (event) => {
    setGroup(event.group)
    setKnown((before) => merge(before, event.journeys))
  })
  const newest = useMemo(() => known.slice(0, SHOWN), [known])
  if (hold && !held && newest.length > 0) setHeld(newest.map(({ location }) => location.seq))
  if (!hold && held) setHeld(null)
  const journeys = useMemo(
    () => (held ? known.filter(({ location }) => held.includes(location.seq)) : newest),
    [held, known, newest],
  )
  return { group, journeys }
}

function merge(before: readonly Journey[], news: readonly Journey[]): readonly Journey[] {
  const bySeq = new Map([...before, ...news].map((journey) => [journey.location.seq, journey]))
  return [...bySeq.values()].sort((a, b) => b.location.seq - a.location.seq).slice(0, KEPT)
}
