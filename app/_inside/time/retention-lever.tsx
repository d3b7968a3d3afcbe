'use client'
import { useEffect, useState } from 'react'
import { callApi } from '#app/_http/call-api.ts'
import { deliveryPath } from '#app/_http/delivery-path.ts'
import { Button } from '#app/_ui/button.tsx'
import { Choice } from '#app/_ui/choice.tsx'
import type { Text } from '#app/_words/language.ts'
import { problemDetail } from '#app/_words/problem-words.ts'
import { useSay } from '#app/_words/use-language.tsx'
import { listLocationsAnswerSchema } from '#contracts/http.ts'
import { useActive, useInside } from '../inside-context.tsx'

type Props = { deliveryId: string; customerToken: string }

const KEEP = [5, 20, 100]
const ASK_EVERY_MS = 3_000

/** Moves the retention cliff, and shows that the history keeps what the log has deleted. */
export function RetentionLever({ deliveryId, customerToken }: Props) {
  const { socket } = useInside()
  const say = useSay()
  const [keep, setKeep] = useState(20)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Text | null>(null)
  const stored = useStored(deliveryId, customerToken)

  async function pull() {
    if (!socket) return
    setBusy(true)
    const answer = await socket.call('time:retain', { deliveryId, keep })
    setTrouble(answer.ok ? null : problemDetail(answer))
    setBusy(false)
  }

  return (
    <div className="grid grid-cols-1 gap-3 rounded-2xl border border-line bg-surface p-4">
      <Choice
        legend={say({
          en: 'Let retention take all of this partition but the last …',
          ko: '이 파티션에서 마지막 몇 개만 남기고 보존 기간을 끝내기',
        })}
        options={KEEP.map((value) => ({ value, label: String(value) }))}
        value={keep}
        onChange={setKeep}
      />
      <Button look="danger" onClick={pull} disabled={busy}>
        {say({ en: 'Keep the last {keep} records', ko: '마지막 {keep}개만 남기기', values: { keep } })}
      </Button>
      <p className="min-h-10 text-note text-muted">
        <span>
          {say(
            trouble ?? {
              en: 'No further than the group history has committed. The database answers as before, over HTTP: ',
              ko: '그룹 history가 커밋한 곳까지만 지웁니다. 데이터베이스는 HTTP로 그대로 답합니다: ',
            },
          )}
        </span>
        {!trouble && (
          <b className="text-ink tabular-nums" data-testid="time-stored">
            {stored === null
              ? '…'
              : say({ en: '{stored} points', ko: '위치 {stored}개', values: { stored } })}
          </b>
        )}
      </p>
    </div>
  )
}

/** The number of points in the history that the customer may see. */
function useStored(deliveryId: string, token: string): string | null {
  const active = useActive()
  const [stored, setStored] = useState<string | null>(null)
  const [first] = useState(token)
  useEffect(() => {
    if (!active) return
    let gone = false
    const ask = async () => {
      const path = deliveryPath(deliveryId, '/locations')
      const answer = await callApi(listLocationsAnswerSchema, path, { token: first })
      if (gone || !answer.ok) return
      const { locations, nextAfterSeq } = answer.value
      setStored(`${locations.length}${nextAfterSeq === null ? '' : '+'}`)
    }
    void ask()
    const timer = setInterval(ask, ASK_EVERY_MS)
    return () => {
      gone = true
      clearInterval(timer)
    }
  }, [active, deliveryId, first])
  return stored
}
