'use client'
import { useMemo, useState } from 'react'
import { Choice } from '#app/_ui/choice.tsx'
import { secondWords } from '#app/_words/times.ts'
import { useSay } from '#app/_words/use-language.tsx'
import type { RunningDelivery } from '#contracts/inside/deliveries.ts'
import type { LogEdges } from '#contracts/inside/time.ts'
import { useDelivery } from '../delivery-context.tsx'
import { useWatch } from '../inside-context.tsx'
import { usePage } from '../page-context.ts'
import { RecordCard } from '../record-card.tsx'
import { axisStart, pointsUpTo } from './along-the-log.ts'
import { LogAxis } from './log-axis.tsx'
import { RetentionLever } from './retention-lever.tsx'
import { TimeFacts } from './time-facts.tsx'
import { TimeMap } from './time-map.tsx'
import { useLogPoints } from './use-log-points.ts'
import { useOffsetAt } from './use-offset-at.ts'
import { useSettled } from './use-settled.ts'

const HEIGHT = 'min-h-[94rem] lg:min-h-[48rem]'
const BY = { offset: 0, time: 1 } as const
/** A record is read after the slider has rested this long. */
const REST_MS = 250

/** The chapter's picture: the rider at one offset of the log, and the slider that chooses the offset. */
export function TimeLive() {
  const { chosen } = useDelivery()
  const say = useSay()
  if (chosen) return <OfDelivery key={chosen.delivery.id} {...chosen} />
  return (
    <Nothing>
      {say({
        en: 'No delivery runs. Start a ride above.',
        ko: '진행 중인 배달이 없습니다. 위에서 배달을 시작해 주세요.',
      })}
    </Nothing>
  )
}

function OfDelivery(running: RunningDelivery) {
  const edges = useWatch('time:log', { deliveryId: running.delivery.id })
  const say = useSay()
  if (edges) return <AlongTheLog {...running} edges={edges} />
  return <Nothing>{say({ en: 'Looking at the log…', ko: '로그를 살펴보는 중…' })}</Nothing>
}

function Nothing({ children }: { children: string }) {
  return (
    <p
      className={`${HEIGHT} grid place-items-center rounded-2xl border border-dashed border-line text-muted`}
    >
      {children}
    </p>
  )
}

function AlongTheLog({ delivery, customerToken, edges }: RunningDelivery & { edges: LogEdges }) {
  const say = useSay()
  const { demo } = usePage()
  const [from] = useState(() => axisStart(edges))
  const [by, setBy] = useState<number>(BY.offset)
  /** null: at the end of the log, and following it. */
  const [offset, setOffset] = useState<number | null>(null)
  const [timeMs, setTimeMs] = useState<number | null>(null)
  const points = useLogPoints(delivery.id, edges)
  const offsetAt = useOffsetAt(delivery.id, by === BY.time ? timeMs : null)

  const last = Math.max(from, edges.high - 1)
  const cursor = Math.min(last, (by === BY.time ? offsetAt : offset) ?? last)
  const shown = useMemo(() => pointsUpTo(points, cursor), [points, cursor])
  const newest = shown.at(-1)
  const place = useSettled(newest?.offset ?? null, REST_MS)
  const slider =
    by === BY.offset
      ? {
          min: from,
          max: last,
          value: cursor,
          onValue: (value: number) => setOffset(value >= last ? null : value),
          text: say({ en: 'offset {cursor}', ko: '오프셋 {cursor}', values: { cursor } }),
        }
      : {
          min: delivery.createdAtMs,
          max: edges.nowMs,
          value: timeMs ?? edges.nowMs,
          onValue: (value: number) => setTimeMs(value >= edges.nowMs ? null : value),
          text: secondWords(timeMs ?? edges.nowMs),
        }

  return (
    <div
      className={`grid grid-cols-1 content-start gap-6 lg:grid-cols-[minmax(0,1.35fr)_minmax(0,1fr)] ${HEIGHT}`}
    >
      <div className="grid min-w-0 content-start gap-4">
        <TimeMap delivery={delivery} points={shown} />
        <Choice
          legend={say({ en: 'Drag along the log', ko: '로그를 따라 움직이기' })}
          options={[
            { value: BY.offset, label: say({ en: 'by offset', ko: '오프셋으로' }) },
            { value: BY.time, label: say({ en: 'by time', ko: '시각으로' }) },
          ]}
          value={by}
          onChange={setBy}
        />
        <div>
          <input
            type="range"
            aria-label={say({ en: 'Place in the log', ko: '로그에서의 위치' })}
            aria-valuetext={slider.text}
            data-testid="time-slider"
            min={slider.min}
            max={slider.max}
            value={slider.value}
            onChange={(event) => slider.onValue(Number(event.target.value))}
            className="log-slider w-full"
          />
          <LogAxis from={from} edges={edges} points={points} cursor={cursor} />
        </div>
        <TimeFacts
          edges={edges}
          cursor={cursor}
          newest={newest ?? null}
          askedMs={by === BY.time ? timeMs : null}
        />
      </div>
      <div className="grid min-w-0 content-start gap-4">
        <RecordCard
          label={{ en: 'Kafka record then', ko: '그때의 Kafka 레코드' }}
          place={place === null ? null : { partition: edges.partition, offset: place }}
          hint={
            cursor < edges.low
              ? say({
                  en: 'Before the retention cliff there is nothing any more, read or not.',
                  ko: '보존 한계 이전에는 읽었든 안 읽었든 아무것도 남아 있지 않습니다.',
                })
              : say({
                  en: 'No record of this delivery lies before this place.',
                  ko: '이 위치 이전에는 이 배달의 레코드가 없습니다.',
                })
          }
        />
        {demo && <RetentionLever deliveryId={delivery.id} customerToken={customerToken} />}
      </div>
    </div>
  )
}
