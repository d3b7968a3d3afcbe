import { EyeOff, Sun } from 'lucide-react'
import type { Text } from '#app/_words/language.ts'
import type { Speaker } from '#app/_words/speak.ts'
import { clockRangeWords, durationWords } from '#app/_words/times.ts'
import { useLanguage } from '#app/_words/use-language.tsx'
import type { RiderState } from '../ride/rider-state.ts'
import type { Gap } from '../ride/unseen-gap.ts'

const WORDS = {
  awake: {
    en: 'The screen stays on while you share your location.',
    ko: '위치를 공유하는 동안 화면이 꺼지지 않아요.',
  },
  maySleep: {
    en: 'Keep the screen on and this page in front: otherwise phones give it no position.',
    ko: '화면을 켜고 이 페이지를 띄워 두세요. 화면이 꺼지면 위치를 알 수 없어요.',
  },
  unseen: {
    en: 'While this page was hidden, no position could be recorded for {duration} ({between}). Keep it in front while you ride.',
    ko: '페이지가 가려져 있던 {duration} 동안 위치를 기록하지 못했어요 ({between}). 배달하는 동안 이 페이지를 띄워 두세요.',
  },
} as const satisfies Record<string, Text>

/** Whether the screen stays on, and for how long nothing could be recorded because the page was hidden. */
export function ScreenLine({ state }: { state: RiderState }) {
  const speaker = useLanguage()
  const { source, sharing, screenAwake, unseen } = state
  return (
    <>
      <div role="status" data-testid="unseen" className="empty:hidden">
        {unseen && (
          <p className="flex items-start gap-2.5 rounded-2xl bg-warn-soft px-3.5 py-3 text-sm font-medium text-warn-soft-ink">
            <EyeOff className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
            <span className="text-pretty">{unseenWords(unseen, speaker)}</span>
          </p>
        )}
      </div>
      {source === 'device' && sharing && (
        <p data-testid="screen-line" className="flex items-start gap-2.5 px-3.5 text-sm text-muted">
          <Sun className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
          <span className="text-pretty">{speaker.say(screenAwake ? WORDS.awake : WORDS.maySleep)}</span>
        </p>
      )}
    </>
  )
}

function unseenWords({ fromMs, toMs }: Gap, speaker: Speaker): string {
  return speaker.say(WORDS.unseen, {
    duration: durationWords(toMs - fromMs, speaker.say),
    between: clockRangeWords(fromMs, toMs, speaker),
  })
}
