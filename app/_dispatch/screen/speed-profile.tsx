'use client'
import { memo, useMemo } from 'react'
import type { Ride } from '../state/replay.ts'

const [WIDTH, HEIGHT] = [1_000, 48]
/** A slower ride is not drawn as if it raced. */
const LEAST_TOP_MPS = 5
/** More of them would fall onto one pixel. */
const MOST_STEPS = 1_000

/** The speed over the time of the slider below it, with the stops. The slider tells the same in words. */
export function SpeedProfile({ ride, atMs }: { ride: Ride; atMs: number }) {
  const share = (atMs - ride.startMs) / Math.max(1, ride.endMs - ride.startMs)
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="block h-12 w-full rounded-lg bg-canvas"
      aria-hidden="true"
    >
      <Profile ride={ride} />
      <line
        x1={share * WIDTH}
        x2={share * WIDTH}
        y1="0"
        y2={HEIGHT}
        stroke="var(--ink)"
        strokeWidth="2"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  )
}

const Profile = memo(function Profile({ ride }: { ride: Ride }) {
  const xOf = (ms: number) => ((ms - ride.startMs) / Math.max(1, ride.endMs - ride.startMs)) * WIDTH
  const area = useMemo(() => {
    const every = Math.ceil(ride.points.length / MOST_STEPS)
    const points = ride.points.filter((_, index) => index % every === 0 || index === ride.points.length - 1)
    const top = points.reduce((most, { speedMps }) => Math.max(most, speedMps), LEAST_TOP_MPS)
    const width = Math.max(1, ride.endMs - ride.startMs)
    const steps = points.map(({ atMs, speedMps }) => {
      const x = ((atMs - ride.startMs) / width) * WIDTH
      return `V${(HEIGHT - (speedMps / top) * (HEIGHT - 4)).toFixed(1)}H${x.toFixed(1)}`
    })
    return `M0 ${HEIGHT}${steps.join('')}V${HEIGHT}Z`
  }, [ride])
  return (
    <>
      <path d={area} fill="var(--accent)" fillOpacity="0.45" />
      {ride.stops.map(({ atMs, toMs }) => (
        <rect
          key={atMs}
          x={xOf(atMs)}
          width={Math.max(2, xOf(toMs) - xOf(atMs))}
          y={HEIGHT - 5}
          height="5"
          fill="var(--fleet-late)"
        />
      ))}
    </>
  )
})
