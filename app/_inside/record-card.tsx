'use client'
import { useEffect, useState } from 'react'
import type { Text } from '#app/_words/language.ts'
import { problemDetail } from '#app/_words/problem-words.ts'
import { useSay } from '#app/_words/use-language.tsx'
import type { LogRecord } from '#contracts/inside/journey.ts'
import { useInside } from './inside-context.tsx'

type Place = { partition: number; offset: number }
type Read = { place: Place; record: LogRecord | null; trouble: Text | null }

type Props = { place: Place | null; hint: string; label?: Text }
const RECORD: Text = { en: 'Kafka record', ko: 'Kafka 레코드' }

/** One record, read from the log whenever another offset is chosen. Keeps its height while empty. */
export function RecordCard({ place, hint, label = RECORD }: Props) {
  const say = useSay()
  const read = useRecord(place)
  const record = read?.record ?? null
  const current = read && place && read.place.offset === place.offset ? read : null
  return (
    <section
      aria-live="polite"
      aria-label={say(label)}
      data-testid="record"
      // It scrolls, also by the keys.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by the keyboard (WCAG 2.1.1).
      tabIndex={0}
      data-partition={current?.record?.partition}
      data-offset={current?.record?.offset}
      className="h-104 overflow-auto rounded-2xl border border-line bg-surface p-4"
    >
      {!place ? (
        <p className="text-body text-muted">{hint}</p>
      ) : current?.trouble ? (
        <p className="text-body text-danger">{say(current.trouble)}</p>
      ) : current && !record ? (
        <p className="text-body text-muted">
          {say({
            en: 'There is no record at this offset any more.',
            ko: '이 오프셋에는 더 이상 레코드가 없습니다.',
          })}
        </p>
      ) : record ? (
        <Content record={record} />
      ) : (
        <p className="text-body text-muted">{say({ en: 'Reading the log…', ko: '로그를 읽는 중…' })}</p>
      )}
    </section>
  )
}

function Content({ record }: { record: LogRecord }) {
  const say = useSay()
  const facts: [string, string][] = [
    [say({ en: 'partition', ko: '파티션' }), String(record.partition)],
    [say({ en: 'offset', ko: '오프셋' }), String(record.offset)],
    [say({ en: 'timestamp', ko: '타임스탬프' }), String(record.timestampMs)],
    [say({ en: 'key', ko: '키' }), record.key ?? 'null'],
  ]
  return (
    <div className="grid gap-3 text-note">
      <Facts facts={facts} />
      <h4 className="font-semibold text-muted">{say({ en: 'Headers', ko: '헤더' })}</h4>
      <Facts facts={Object.entries(record.headers)} />
      <h4 className="font-semibold text-muted">{say({ en: 'Value', ko: '값' })}</h4>
      <pre
        data-testid="record-value"
        className="font-mono text-xs leading-relaxed whitespace-pre-wrap break-all"
      >
        {pretty(record.value)}
      </pre>
    </div>
  )
}

function Facts({ facts }: { facts: readonly [string, string][] }) {
  return (
    <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="font-mono text-xs leading-5 break-all" data-fact={name}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** The last record stays until the next one arrives. */
function useRecord(place: Place | null): Read | null {
  const { socket } = useInside()
  const [read, setRead] = useState<Read | null>(null)
  const { partition, offset } = place ?? {}
  useEffect(() => {
    if (!socket || partition === undefined || offset === undefined) return
    let gone = false
    const ask = { partition, offset }
    void socket.call('journey:record', ask).then((answer) => {
      if (gone) return
      setRead({
        place: ask,
        record: answer.ok ? answer.value : null,
        trouble: answer.ok ? null : problemDetail(answer),
      })
    })
    return () => {
      gone = true
    }
  }, [socket, partition, offset])
  return read
}

function pretty(value: string | null): string {
  if (value === null) return 'null'
  try {
    return JSON.stringify(JSON.parse(value), null, 2)
  } catch {
    return value
  }
}
