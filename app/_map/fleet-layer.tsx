'use client'
import { type Ref, useCallback, useEffect, useImperativeHandle, useRef } from 'react'
import { useMap } from 'react-leaflet'
import { useDark, useReducedMotion } from '#app/_ui/use-media.ts'
import type { LatLng } from '#contracts/place.ts'
import { FleetCanvas, type FleetRider } from './fleet-canvas.ts'
import { useCentreLng } from './map-centre.ts'
import { nearestCopy } from './nearest-copy.ts'

export type Fleet = {
  /** Brings all riders into view. */
  showAll(): void
  /** The ids of the riders that are to be seen, from the top left on. */
  inView(): string[]
}
type Props = {
  riders: readonly FleetRider[]
  selected: string | null
  onSelect: (id: string) => void
  /** How much of the map's right side something else covers while a rider is selected. */
  coveredPx: number
  ref: Ref<Fleet>
}

const CLOSEST_ZOOM = 16
const EDGE_PX = 64

/** Many riders on one map. The first view is of all of them; from then on the map is moved by its user, and to who is selected. */
export function FleetLayer({ riders, selected, onSelect, coveredPx, ref }: Props) {
  const map = useMap()
  const centreLng = useCentreLng()
  const dark = useDark()
  const still = useReducedMotion()
  const canvas = useRef<FleetCanvas | null>(null)
  const framed = useRef(false)
  const select = useRef(onSelect)
  useEffect(() => {
    select.current = onSelect
  })

  useEffect(() => {
    const created = new FleetCanvas((id) => {
      if (id !== null) select.current(id)
    })
    created.addTo(map)
    canvas.current = created
    return () => {
      canvas.current = null
      created.remove()
    }
  }, [map])

  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are read anew when the theme changes.
  useEffect(() => canvas.current?.restyle(), [dark])
  useEffect(() => canvas.current?.setStill(still), [still])
  useEffect(() => {
    canvas.current?.show(riders.map((rider) => ({ ...rider, at: nearestCopy(rider.at, centreLng) })))
  }, [riders, centreLng])

  const frameAll = useCallback(() => {
    const bounds = canvas.current?.bounds()
    // A map that is not shown, on a phone the list is, has no room for any view.
    if (!bounds?.isValid() || map.getSize().x === 0) return
    framed.current = true
    map.fitBounds(bounds, { padding: [48, 48], maxZoom: CLOSEST_ZOOM, animate: false })
  }, [map])

  const isEmpty = riders.length === 0
  useEffect(() => {
    if (isEmpty) return
    const frameFirst = () => {
      if (!framed.current) frameAll()
    }
    frameFirst()
    map.on('resize', frameFirst)
    return () => {
      map.off('resize', frameFirst)
    }
  }, [map, isEmpty, frameAll])

  const at = riders.find(({ id }) => id === selected)?.at
  const place = useRef<LatLng | undefined>(undefined)
  useEffect(() => {
    place.current = at
  })
  useEffect(() => {
    canvas.current?.select(selected)
    if (selected === null || !place.current) return
    // A rider in view stays where it is.
    map.panInside(nearestCopy(place.current, centreLng), {
      paddingTopLeft: [EDGE_PX, EDGE_PX],
      paddingBottomRight: [EDGE_PX + (map.getSize().x > coveredPx + 2 * EDGE_PX ? coveredPx : 0), EDGE_PX],
      animate: !still,
    })
  }, [map, selected, centreLng, still, coveredPx])

  useImperativeHandle(ref, () => ({
    showAll: frameAll,
    inView: () => canvas.current?.inView() ?? [],
  }))
  return null
}
