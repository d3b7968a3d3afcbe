'use client'
import { useEffect, useRef } from 'react'
import { useMap } from 'react-leaflet'
import { useCentreLng } from './map-centre.ts'
import { nearestCopy } from './nearest-copy.ts'
import { createPointDots, type Dot, type PointDots } from './point-dots.ts'

/** A dot for each point; `onChoose` is told the id of the one that was pressed. */
export function PointDotsLayer({ dots, onChoose }: { dots: readonly Dot[]; onChoose: (id: number) => void }) {
  const map = useMap()
  const centreLng = useCentreLng()
  const layer = useRef<PointDots | null>(null)
  const choose = useRef(onChoose)
  useEffect(() => {
    choose.current = onChoose
  })
  useEffect(() => {
    const created = createPointDots(map, (id) => choose.current(id))
    layer.current = created
    return () => {
      layer.current = null
      created.remove()
    }
  }, [map])
  useEffect(() => {
    layer.current?.show(dots.map((dot) => ({ ...dot, at: nearestCopy(dot.at, centreLng) })))
  }, [dots, centreLng])
  return null
}
