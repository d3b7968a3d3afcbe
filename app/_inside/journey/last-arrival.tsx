'use client'
import { useEffect, useState } from 'react'
import type { Text } from '#app/_words/language.ts'
import type { Say } from '#app/_words/speak.ts'
import { useSay } from '#app/_words/use-language.tsx'
import type { LastArrival } from '#contracts/inside/journey.ts'
import { useActive, useInside } from '../inside-context.tsx'

/** How accurate the estimated arrival of the last finished ride was, from the metrics. */
export function LastArrivalLine() {
  const say = useSay()
  const last = useLastArrival()
  return (
    <p data-testid="last-arrival" className="mt-4 min-h-11 text-note text-muted">
      <span>{last === undefined ? '' : say(last === null ? NONE_YET : wordsOf(last, say))}</span>
    </p>
  )
}

/** Requested when the chapter becomes active; undefined until the answer. */
function useLastArrival(): LastArrival | null | undefined {
  const { socket, connection } = useInside()
  const active = useActive()
  const [last, setLast] = useState<LastArrival | null>()
  useEffect(() => {
    if (!socket || !active || connection !== 'connected') return
    void socket.call('journey:last-arrival', {}).then((answer) => {
      if (answer.ok) setLast(answer.value)
    })
  }, [socket, active, connection])
  return last
}

const NONE_YET: Text = {
  en: 'The arrival that customers are shown is judged when a ride has ended at the door; none has yet.',
  ko: '고객에게 보인 도착 예정은 배달이 끝날 때 얼마나 맞았는지 계산합니다. 아직 끝난 배달이 없습니다.',
}

const LATER: Text = { en: '{minutes} min: {seconds} s later', ko: '{minutes}분: {seconds}초 늦음' }
const EARLIER: Text = { en: '{minutes} min: {seconds} s earlier', ko: '{minutes}분: {seconds}초 빠름' }

function wordsOf({ heldShare, errors }: LastArrival, say: Say): Text {
  const list = errors.map(({ minutesToGo, lateBySeconds }) => {
    const values = {
      minutes: minutesToGo.replace('-', '–'),
      seconds: Math.abs(Math.round(lateBySeconds)),
    }
    return say({ ...(Math.round(lateBySeconds) < 0 ? EARLIER : LATER), values })
  })
  return {
    en: 'The last finished ride came, against the middle of the arrival shown with so many minutes to go: {list}. Its ranges held the arrival {held} times in 100.',
    ko: '마지막으로 끝난 배달의 도착을 남은 시간별 예정(구간의 중간)과 비교하면: {list}. 예정 구간 100번 중 {held}번에 실제 도착이 들어 있었습니다.',
    values: { list: list.join(' · '), held: Math.round(heldShare * 100) },
  }
}
