'use client'
import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { Card } from '#app/_ui/card.tsx'
import type { Text } from '#app/_words/language.ts'
import { problemDetail } from '#app/_words/problem-words.ts'
import { useSay } from '#app/_words/use-language.tsx'
import { LAB_LIMITS, type LabState } from '#contracts/inside/groups.ts'
import type { CallInput, CallName } from '#contracts/inside/protocol.ts'
import { useInside, useWatch } from '../inside-context.tsx'
import { usePage } from '../page-context.ts'
import { LabGroup } from './lab-group.tsx'
import { LabLegend } from './lab-legend.tsx'
import { MemberList } from './member-list.tsx'
import { OpenLab } from './open-lab.tsx'
import { StartMember } from './start-member.tsx'

/** The visitor's own lab: consumers to start, stop and crash, and where each message goes. */
export function GroupsLive() {
  const { socket } = useInside()
  const { demo } = usePage()
  const say = useSay()
  const lab = useWatch('lab:state', demo ? {} : null)?.lab ?? null
  const [opening, setOpening] = useState(false)
  const [trouble, setTrouble] = useState<Text | null>(null)

  async function pull<Name extends CallName>(lever: Name, input: CallInput<Name>) {
    const answer = await socket?.call(lever, input)
    setTrouble(answer && !answer.ok ? problemDetail(answer) : null)
  }
  async function open(partitions: number) {
    setOpening(true)
    await pull('lab:open', { partitions })
    setOpening(false)
  }

  if (!demo)
    return (
      <p className="text-muted">
        {say({ en: 'Labs are there in the demo only.', ko: '실험실은 데모에서만 열 수 있습니다.' })}
      </p>
    )
  return (
    <div className="grid min-h-[36rem] content-start gap-5" data-testid="groups-live" data-topic={lab?.topic}>
      {trouble && (
        <p role="alert" className="text-sm font-medium text-danger">
          {say(trouble)}
        </p>
      )}
      {lab ? <OpenedLab lab={lab} pull={pull} /> : <OpenLab busy={opening} onOpen={open} />}
    </div>
  )
}

function OpenedLab({
  lab: { topic, sent, trickling, members, groups, ends },
  pull,
}: {
  lab: LabState
  pull: <Name extends CallName>(lever: Name, input: CallInput<Name>) => Promise<void>
}) {
  const say = useSay()
  const full = sent + 24 > LAB_LIMITS.messages
  return (
    <>
      <Card className="grid grid-cols-1 gap-5">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <p className="min-w-0 truncate font-mono text-sm font-semibold">{topic}</p>
          <p className="text-sm text-muted tabular-nums" data-testid="lab-sent" data-sent={sent}>
            {say({
              en: '{partitions} partitions · {sent} messages',
              ko: '파티션 {partitions}개 · 메시지 {sent}개',
              values: { partitions: ends.length, sent },
            })}
          </p>
          <Button className="ml-auto" onClick={() => pull('lab:close', {})}>
            {say({ en: 'Close the lab', ko: '실험실 닫기' })}
          </Button>
        </div>
        <StartMember onStart={(wanted) => pull('lab:start-member', wanted)} />
        <div className="flex flex-wrap gap-2 border-t border-line pt-4">
          <Button look="primary" disabled={full} onClick={() => pull('lab:send', { count: 24 })}>
            {say({ en: 'Send 24 messages', ko: '메시지 24개 보내기' })}
          </Button>
          <Button
            disabled={full}
            aria-pressed={trickling}
            onClick={() => pull('lab:trickle', { on: !trickling })}
          >
            {say(
              trickling
                ? { en: 'Stop the trickle', ko: '계속 보내기 중지' }
                : { en: 'Send 5 a second', ko: '초당 5개씩 계속 보내기' },
            )}
          </Button>
        </div>
      </Card>
      {groups.length > 0 && (
        <>
          <div className={`grid grid-cols-1 gap-4 ${groups.length > 1 ? 'lg:grid-cols-2' : ''}`}>
            {groups.map((group) => (
              <LabGroup key={group.name} group={group} ends={ends} />
            ))}
          </div>
          <LabLegend />
          <MemberList
            members={members}
            onStop={(number) => pull('lab:stop-member', { number })}
            onCrash={(number) => pull('lab:crash-member', { number })}
          />
        </>
      )}
    </>
  )
}
