import { EyeOff, Sun } from 'lucide-react'
import { type Language, type Text, useLanguage, useSay } from '#app/_ui/language.tsx'
import type { RiderState } from '../ride/rider-state.ts'
import type { Gap } from '../ride/unseen-gap.ts'

const AWAKE: Text = {
  en: 'The screen stays on while you share your location.',
  ko: '위치를 공유하는 동안 화면이 꺼지지 않아요.',
}
const MAY_SLEEP: Text = {
  en: 'Keep the screen on and this page in front: otherwise phones give it no position.',
  ko: '화면을 켜고 이 페이지를 띄워 두세요. 화면이 꺼지면 위치를 알 수 없어요.',
}

/** Whether the screen stays on, and for how long nothing could be recorded because the page was hidden. */
export function ScreenLine({ state }: { state: RiderState }) {
  const say = useSay()
  const { language } = useLanguage()
  const { source, sharing, screenAwake, unseen } = state
  return (
    <>
      <div role="status" data-testid="unseen" className="empty:hidden">
        {unseen && (
          <p className="flex items-start gap-2.5 rounded-2xl bg-warn-soft px-3.5 py-3 text-sm font-medium text-warn-soft-ink">
            <EyeOff className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
            <span className="text-pretty">{unseenWords(unseen, language)}</span>
          </p>
        )}
      </div>
      {source === 'device' && sharing && (
        <p data-testid="screen-line" className="flex items-start gap-2.5 px-3.5 text-sm text-muted">
          <Sun className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
          <span className="text-pretty">{say(screenAwake ? AWAKE : MAY_SLEEP)}</span>
        </p>
      )}
    </>
  )
}

function unseenWords({ fromMs, toMs }: Gap, language: Language): string {
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short' })
  const seconds = Math.round((toMs - fromMs) / 1_000)
  const [amount, unit] = seconds < 120 ? [seconds, 'second'] : [Math.round(seconds / 60), 'minute']
  const long = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(amount)
  const between = time.formatRange(fromMs, toMs)
  return language === 'ko'
    ? `페이지가 가려진 동안 ${long}간 위치를 기록하지 못했어요 (${between}). 배달하는 동안 이 페이지를 띄워 두세요.`
    : `While this page was hidden, no position could be recorded for ${long} (${between}). Keep it in front while you ride.`
}
