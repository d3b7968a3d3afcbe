'use client'
import { secondWords } from '#app/_words/times.ts'
import { useSay } from '#app/_words/use-language.tsx'
import type { LogEdges, LogPoint } from '#contracts/inside/time.ts'

type Props = {
  edges: LogEdges
  cursor: number
  newest: LogPoint | null
  /** The time that was looked up in Kafka, if it was. */
  askedMs: number | null
}

/** The chosen offset, and where the log begins and ends. */
export function TimeFacts({ edges, cursor, newest, askedMs }: Props) {
  const say = useSay()
  const { partition, low, high, committed } = edges
  const facts = [
    [say({ en: 'partition', ko: '파티션' }), partition],
    [say({ en: 'low watermark', ko: '가장 앞 오프셋' }), low],
    [say({ en: 'history has committed', ko: 'history 커밋' }), committed ?? '–'],
    [say({ en: 'end', ko: '끝' }), high],
    [say({ en: 'you are at', ko: '현재 위치' }), cursor],
    [say({ en: 'point', ko: '위치 번호' }), newest?.location.seq ?? '–'],
    [say({ en: 'at offset', ko: '오프셋' }), newest?.offset ?? '–'],
    [say({ en: 'written', ko: '기록 시각' }), newest ? secondWords(newest.timestampMs) : '–'],
  ] as const
  return (
    <dl
      data-testid="time-facts"
      data-partition={partition}
      data-low={low}
      data-high={high}
      data-committed={committed ?? undefined}
      data-cursor={cursor}
      data-asked-ms={askedMs ?? undefined}
      data-seq={newest?.location.seq}
      data-offset={newest?.offset}
      data-lat={newest?.location.lat}
      data-lng={newest?.location.lng}
      className="grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-4"
    >
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt className="text-note text-muted">{name}</dt>
          <dd className="text-lead font-semibold tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
