'use client'
import { FlaskConical } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { Card } from '#app/_ui/card.tsx'
import { Choice } from '#app/_ui/choice.tsx'
import { useSay } from '#app/_words/use-language.tsx'

/** Creates the lab's topic with the chosen number of partitions. */
export function OpenLab({ busy, onOpen }: { busy: boolean; onOpen: (partitions: number) => void }) {
  const say = useSay()
  const [partitions, setPartitions] = useState(4)
  return (
    <Card className="grid max-w-xl gap-4">
      <p className="text-body text-pretty">
        {say({
          en: 'A lab is a real topic of your own on the broker that this system runs on. It is deleted when you leave, or after three minutes.',
          ko: '실험실은 이 시스템이 쓰는 브로커 위에 만드는 나만의 실제 토픽입니다. 페이지를 떠나거나 3분이 지나면 삭제됩니다.',
        })}
      </p>
      <Choice
        legend={say({ en: 'Partitions', ko: '파티션 수' })}
        options={[1, 2, 3, 4, 6, 8].map((value) => ({ value, label: String(value) }))}
        value={partitions}
        onChange={setPartitions}
      />
      <Button look="accent" disabled={busy} onClick={() => onOpen(partitions)}>
        <FlaskConical className="size-4" aria-hidden="true" />
        <span>{say({ en: 'Open a lab', ko: '실험실 열기' })}</span>
      </Button>
    </Card>
  )
}
