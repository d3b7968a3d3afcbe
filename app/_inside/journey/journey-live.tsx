'use client'
import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { useSay } from '#app/_words/use-language.tsx'
import type { RunningDelivery } from '#contracts/inside/deliveries.ts'
import { useDelivery } from '../delivery-context.tsx'
import { RecordCard } from '../record-card.tsx'
import { HopLegend } from './hop-legend.tsx'
import { JourneyMap } from './journey-map.tsx'
import { JourneyRows } from './journey-rows.tsx'
import { LastArrivalLine } from './last-arrival.tsx'
import { useJourneys } from './use-journeys.ts'

/** The chapter's picture: the hops of the newest points, their map, and the record of the selected one. */
export function JourneyLive() {
  const { chosen } = useDelivery()
  const say = useSay()
  if (!chosen)
    return (
      <p className="grid h-[60rem] place-items-center rounded-2xl border border-dashed border-line text-muted lg:h-[47rem]">
        {say({
          en: 'No delivery runs. Start a ride above.',
          ko: '진행 중인 배달이 없습니다. 위에서 배달을 시작해 주세요.',
        })}
      </p>
    )
  return (
    <>
      <OfDelivery key={chosen.delivery.id} {...chosen} />
      <LastArrivalLine />
    </>
  )
}

function OfDelivery({ delivery, customerToken }: RunningDelivery) {
  const say = useSay()
  const [chosenSeq, setChosenSeq] = useState<number | null>(null)
  const [pointed, setPointed] = useState(false)
  const { group, journeys } = useJourneys(delivery.id, { hold: pointed || chosenSeq !== null })
  const choice = journeys.find(({ location }) => location.seq === chosenSeq)
  const newest = journeys[0]

  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,1.35fr)_minmax(0,1fr)]">
      <div className="grid min-w-0 content-start gap-4">
        <HopLegend group={group} />
        <div
          className="h-[58rem] sm:h-[37rem]"
          onPointerEnter={() => setPointed(true)}
          onPointerLeave={() => setPointed(false)}
        >
          <JourneyRows journeys={journeys} chosenSeq={chosenSeq} onChoose={setChosenSeq} />
          {journeys.length === 0 && (
            <p className="grid h-full place-items-center rounded-2xl border border-dashed border-line px-6 text-center text-muted">
              {say({ en: 'Waiting for the next point…', ko: '다음 위치를 기다리는 중…' })}
            </p>
          )}
        </div>
        <p className="min-h-11 text-note text-muted">
          {newest && !newest.customersHere
            ? say({
                en: 'No customer of this delivery is connected to this instance: emitted and painted happen on another one.',
                ko: '이 인스턴스에는 이 배달의 고객이 연결되어 있지 않아, 전송과 표시는 다른 인스턴스에서 일어납니다.',
              })
            : newest?.appendedAtMs === null
              ? say({
                  en: 'This topic keeps the producer’s time, so that appending and reading show as one hop.',
                  ko: '이 토픽은 프로듀서의 시각을 기록하므로, 추가와 수신이 한 구간으로 표시됩니다.',
                })
              : say({
                  en: 'Milliseconds; the widths are logarithmic. Phones and server each have a clock: good to about a second.',
                  ko: '단위는 밀리초이고 너비는 로그 눈금입니다. 휴대폰과 서버의 시계는 1초쯤 다를 수 있습니다.',
                })}
        </p>
      </div>
      <div className="grid min-w-0 content-start gap-4">
        <JourneyMap
          delivery={delivery}
          customerToken={customerToken}
          journeys={journeys}
          chosenSeq={chosenSeq}
          onChoose={setChosenSeq}
        />
        <div className="flex min-h-11 items-center justify-between gap-3">
          <h3 className="font-semibold">
            {choice
              ? say({
                  en: 'The record of point {seq}',
                  ko: '{seq}번 위치의 레코드',
                  values: { seq: choice.location.seq },
                })
              : say({ en: 'The record', ko: '레코드' })}
          </h3>
          {chosenSeq !== null && (
            <Button onClick={() => setChosenSeq(null)}>{say({ en: 'Go on live', ko: '실시간으로' })}</Button>
          )}
        </div>
        <RecordCard
          place={choice ?? null}
          hint={say({
            en: 'Choose a dot on the map or a row: its record is read from the log.',
            ko: '지도의 점이나 줄을 고르면 로그에서 그 레코드를 읽어 옵니다.',
          })}
        />
      </div>
    </div>
  )
}
