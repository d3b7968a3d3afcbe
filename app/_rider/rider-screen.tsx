'use client'
import dynamic from 'next/dynamic'
import type { Tiles } from '#app/_map/background.tsx'
import { afterFirstLook } from '#app/_ui/after-first-look.ts'
import { LinkIncomplete } from '#app/_ui/link-incomplete.tsx'
import { useFragment } from '#app/_ui/use-fragment.ts'
import { useKeptFocus } from '#app/_ui/use-kept-focus.ts'
import { useTitle } from '#app/_ui/use-title.ts'
import { TITLES } from '#app/_words/titles.ts'
import { Opening } from './screen/opening.tsx'

const OpenedRide = dynamic(
  () => afterFirstLook(() => import('./screen/opened-ride.tsx')).then((module) => module.OpenedRide),
  { ssr: false, loading: () => <Opening offline={false} /> },
)

type Props = { deliveryId: string; demo: boolean; tiles: Tiles }

/** Takes the token out of the address, where only the browser can read it. */
export function RiderScreen({ deliveryId, ...rest }: Props) {
  const token = useFragment()
  useTitle(TITLES.rider)
  useKeptFocus()
  if (token === null) return <Opening offline={false} />
  if (token === '') return <LinkIncomplete testId="rider-refused" />
  return <OpenedRide key={`${deliveryId} ${token}`} deliveryId={deliveryId} token={token} {...rest} />
}
