'use client'
import { useState } from 'react'
import { Card } from '#app/_ui/card.tsx'
import type { Text } from '#app/_words/language.ts'
import { useSay } from '#app/_words/use-language.tsx'
import type { FaultsState } from '#contracts/inside/faults.ts'

type Counters = FaultsState['counters']

/** What the metrics have counted since the page was opened, with the totals below. */
export function Counts({ state }: { state: FaultsState | null }) {
  const say = useSay()
  const [first, setFirst] = useState<Counters | null>(null)
  if (first === null && state) setFirst(state.counters)
  if (!state || !first) return <Card className="min-h-60">{null}</Card>
  const { counters } = state
  const figure = (id: string, name: Text, read: (counters: Counters) => number) => ({
    id,
    name,
    total: read(counters),
    since: read(counters) - read(first),
  })
  const status = (wanted: number) => (from: Counters) =>
    from.posts.find((each) => each.status === wanted)?.times ?? 0
  const dead = (topic: string, reason: string) => (from: Counters) =>
    from.deadLettered.find((each) => each.topic === topic && each.reason === reason)?.times ?? 0

  const figures = [
    figure('posts-202', { en: 'posts accepted (202)', ko: '수락된 전송 (202)' }, status(202)),
    figure('posts-503', { en: 'refused, log away (503)', ko: '거절된 전송 (503)' }, status(503)),
    figure('posts-499', { en: 'cut off, no answer', ko: '응답 없이 끊김' }, status(499)),
    figure('accepted', { en: 'locations accepted', ko: '수락된 위치' }, (from) => from.accepted),
    figure('stored', { en: 'stored', ko: '저장됨' }, (from) => from.stored),
    figure('pushed', { en: 'pushed to customers', ko: '고객에게 푸시됨' }, (from) => from.pushed),
    figure('late', { en: 'late', ko: '늦게 옴' }, (from) => from.late),
    figure('duplicate', { en: 'sent again by riders', ko: '라이더가 다시 보냄' }, (from) => from.duplicate),
    figure(
      'repeated-push',
      { en: 'left out by push', ko: 'push 그룹이 걸러 냄' },
      (from) => from.repeated.push,
    ),
    figure(
      'repeated-history',
      { en: 'left out by history', ko: 'history 그룹이 걸러 냄' },
      (from) => from.repeated.history,
    ),
    figure('dead', { en: 'dead-lettered', ko: '데드 레터' }, (from) =>
      from.deadLettered.reduce((all, { times }) => all + times, 0),
    ),
    ...counters.deadLettered.map(({ topic, reason }) =>
      figure(`dead ${topic} ${reason}`, { en: reason, ko: reason }, dead(topic, reason)),
    ),
  ]

  return (
    <Card className="min-h-60">
      <h3 className="text-sm font-semibold">
        {say({ en: 'Counted since you opened this', ko: '이 화면을 연 뒤의 집계' })}
      </h3>
      <dl
        className="mt-3 grid grid-cols-2 gap-x-4 gap-y-5 sm:grid-cols-4 lg:grid-cols-6"
        data-testid="counts"
      >
        {figures.map((each) => (
          <Figure key={each.id} {...each} />
        ))}
      </dl>
    </Card>
  )
}

function Figure({ id, name, total, since }: { id: string; name: Text; total: number; since: number }) {
  const say = useSay()
  return (
    <div data-testid={`count-${id}`} data-since={since} data-total={total}>
      <dt className="text-note text-muted">{say(name)}</dt>
      <dd className="text-xl font-semibold tabular-nums">{since}</dd>
      <dd className="text-note text-muted tabular-nums">
        {say({ en: '{total} in all', ko: '모두 {total}', values: { total } })}
      </dd>
    </div>
  )
}
