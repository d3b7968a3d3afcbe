'use client'
import { Pause, Play } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useMemo } from 'react'
import type { Tiles } from '#app/_map/background.tsx'
import { Button } from '#app/_ui/button.tsx'
import { Choice } from '#app/_ui/choice.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'
import { shortName } from '#app/_words/place-name.ts'
import { secondWords } from '#app/_words/times.ts'
import { useLanguage } from '#app/_words/use-language.tsx'
import type { BoardDelivery } from '#contracts/dispatch.ts'
import type { LatLng } from '#contracts/place.ts'
import type { Chapter } from '#domain/ride-story.ts'
import { momentAt, PACES, type Pace, type Ride } from '../state/replay.ts'
import { metresWords, speedWords, WORDS } from '../words.ts'
import { ReplayMoments } from './replay-moments.tsx'
import { SaveRide } from './save-ride.tsx'
import { SpeedProfile } from './speed-profile.tsx'
import { usePlaying } from './use-playing.ts'

const ReplayMap = dynamic(() => import('./replay-map.tsx').then((module) => module.ReplayMap), { ssr: false })

/** Arrow keys move the slider by so much. */
const STEP_MS = 1_000

type Props = {
  delivery: BoardDelivery
  route: LatLng[]
  ride: Ride
  chapters: readonly Chapter[]
  tiles: Tiles
  onClose: () => void
}

/** A finished ride once more: where the rider was at each moment, how fast, and where they stood. */
export function Replay({ delivery, route, ride, chapters, tiles, onClose }: Props) {
  const { say, language } = useLanguage()
  const { atMs, pace, isPlaying, seek, setPace, toggle } = usePlaying(ride)
  const moment = useMemo(() => momentAt(ride, atMs), [ride, atMs])
  const clock = secondWords(atMs)
  const speed = moment.isSilent ? say(WORDS.noSignal) : speedWords(moment.speedMps)
  return (
    <Dialog
      title={`${say(WORDS.replay)}: ${shortName(delivery.destination.name, language)}`}
      look="full"
      hasCross
      testId="replay"
      onClose={onClose}
    >
      <div className="mt-3 grid grid-cols-[minmax(0,1fr)] gap-4 lg:min-h-0 lg:flex-1 lg:grid-cols-[minmax(0,1fr)_20rem] lg:overflow-hidden">
        <div className="flex flex-col gap-3 lg:min-h-0">
          <div className="h-[40dvh] overflow-hidden lg:h-auto lg:min-h-40 lg:flex-1 rounded-2xl border border-line">
            <ReplayMap delivery={delivery} route={route} ride={ride} moment={moment} tiles={tiles} />
          </div>
          <dl className="flex flex-wrap gap-x-6 gap-y-1 text-body" data-testid="moment">
            {(
              [
                [WORDS.time, clock],
                [WORDS.speed, speed],
                [WORDS.ridden, `${metresWords(moment.alongM)} / ${metresWords(ride.lengthM)}`],
              ] as const
            ).map(([name, value]) => (
              <div key={name.en} className="flex gap-2">
                <dt className="text-muted">{say(name)}</dt>
                <dd className="font-semibold tabular-nums">{value}</dd>
              </div>
            ))}
          </dl>
          <div>
            <SpeedProfile ride={ride} atMs={atMs} />
            <input
              type="range"
              aria-label={say(WORDS.timeOfRide)}
              aria-valuetext={`${clock}, ${speed}`}
              min={ride.startMs}
              // Its last step reaches the end.
              max={ride.startMs + Math.ceil((ride.endMs - ride.startMs) / STEP_MS) * STEP_MS}
              step={STEP_MS}
              value={atMs}
              onChange={({ target }) => seek(Number(target.value))}
              className="h-11 w-full accent-[var(--accent)]"
            />
          </div>
          <div className="flex flex-wrap items-end gap-3">
            <Button look="accent" onClick={toggle} data-testid="play" className="min-w-32">
              {isPlaying ? (
                <Pause className="size-4" aria-hidden="true" />
              ) : (
                <Play className="size-4" aria-hidden="true" />
              )}
              <span>{say(isPlaying ? WORDS.pause : WORDS.play)}</span>
            </Button>
            <Choice
              legend={say(WORDS.pace)}
              options={PACES.map((value) => ({ value, label: `×${value}` }))}
              value={pace}
              onChange={(value) => setPace(value as Pace)}
            />
          </div>
        </div>
        <div className="grid content-start gap-4 lg:overflow-y-auto">
          <ReplayMoments ride={ride} chapters={chapters} atMs={atMs} onSeek={seek} />
          <SaveRide deliveryId={delivery.id} />
        </div>
      </div>
    </Dialog>
  )
}
