'use client'
import { useEffect, useState } from 'react'
import { riderFreshness } from '#app/_tracking/index.ts'
import { Button } from '#app/_ui/button.tsx'
import { Choice } from '#app/_ui/choice.tsx'
import { Switch } from '#app/_ui/switch.tsx'
import { shortName } from '#app/_words/place-name.ts'
import { useLanguage } from '#app/_words/use-language.tsx'
import type { RunningDelivery } from '#contracts/inside/deliveries.ts'
import type { Location } from '#contracts/location.ts'
import { freshness } from '#domain/freshness.ts'
import { useActive } from '../inside-context.tsx'
import { AgeChart } from './age-chart.tsx'
import { PushFeed } from './push-feed.tsx'
import { Side } from './side.tsx'
import { useComparison } from './use-comparison.ts'
import { useFollowed } from './use-followed.ts'
import * as words from './words.ts'

const EVERY_S = [1, 2, 5]
const NO_TRAIL: readonly Location[] = []

export function Live() {
  const { say, language } = useLanguage()
  const { followed, next, hold, goOn } = useFollowed()
  const [everyMs, setEveryMs] = useState(2_000)
  const every = EVERY_S.map((seconds) => ({ value: seconds * 1_000, label: say(words.everyS(seconds)) }))
  const [withEtag, setWithEtag] = useState(true)
  if (!followed)
    return (
      <p className="grid min-h-96 place-items-center rounded-3xl border border-dashed border-line px-6 text-center text-lead text-muted">
        {say(words.nothingRuns)}
      </p>
    )
  return (
    <div className="grid grid-cols-1 gap-5" data-testid="polling" data-delivery={followed.delivery.id}>
      <div className="grid grid-cols-1 items-end gap-x-8 gap-y-3 sm:grid-cols-[minmax(0,18rem)_minmax(0,26rem)]">
        <Choice legend={say(words.askEvery)} options={every} value={everyMs} onChange={setEveryMs} />
        <Switch
          label={say(words.withEtag)}
          hint={say(words.withEtagHint)}
          checked={withEtag}
          onChange={setWithEtag}
        />
      </div>
      {next && (
        <p className="flex flex-wrap items-center gap-x-4 gap-y-2 text-body">
          <span>{say(words.overHere)}</span>
          <Button onClick={goOn}>{say(words.goOnWith(shortName(next.delivery.store.name, language)))}</Button>
        </p>
      )}
      <BothWays key={followed.delivery.id} {...{ followed, everyMs, withEtag }} onEnd={hold} />
    </div>
  )
}

type Props = { followed: RunningDelivery; everyMs: number; withEtag: boolean; onEnd: () => void }

function BothWays({ followed, everyMs, withEtag, onEnd }: Props) {
  const { say } = useLanguage()
  const active = useActive()
  const { delivery, customerToken: token } = followed
  const deliveryId = delivery.id
  const comparison = useComparison({ deliveryId, token, everyMs, withEtag, active })
  const { look, running, polledTrail, tracking, onTracking } = comparison
  const ended = look?.pushed.ended || look?.polled.ended
  useEffect(() => {
    if (ended) onEnd()
  }, [ended, onEnd])

  return (
    <>
      {running && (
        <PushFeed
          key={running.startedAtMs}
          {...{ deliveryId, token, frames: running.pushed, onState: onTracking }}
        />
      )}
      <div className="grid grid-cols-1 gap-5 md:grid-cols-2">
        <Side
          id="polled"
          title={say(words.polledTitle(everyMs / 1_000))}
          delivery={delivery}
          trail={look?.polled.ended ? NO_TRAIL : polledTrail}
          freshness={freshness(look?.polled.ages?.nowMs ?? 0)}
          numbers={look?.polled ?? null}
          requests={look?.polled.requests ?? 0}
          detail={say(words.answers(look?.polled))}
        />
        <Side
          id="pushed"
          title={say(words.pushedTitle)}
          delivery={delivery}
          trail={tracking?.phase === 'live' ? tracking.trail : NO_TRAIL}
          freshness={tracking ? riderFreshness(tracking) : 'unknown'}
          numbers={look?.pushed ?? null}
          requests={look?.pushed.handshakes ?? 0}
          detail={say(words.messages(look?.pushed))}
        />
      </div>
      <AgeChart data={look?.chart ?? null} />
      <p className="max-w-3xl text-note leading-relaxed text-muted">{say(words.howCounted)}</p>
    </>
  )
}
