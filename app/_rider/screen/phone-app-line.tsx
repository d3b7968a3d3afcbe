import { Smartphone } from 'lucide-react'
import { Button } from '#app/_ui/button.tsx'
import type { Say } from '#app/_words/speak.ts'
import { durationWords } from '#app/_words/times.ts'
import { useSay } from '#app/_words/use-language.tsx'
import type { RiderSession } from '../ride/rider-session.ts'
import type { RiderState } from '../ride/rider-state.ts'
import { PHONE_APP_WORDS as WORDS } from './phone-app-words.ts'

/** Phone apps report less often than this page: only after this do they count as silent. */
const SILENT_AFTER_MS = 90_000

const LOOKS = {
  good: 'bg-accent-soft text-accent-soft-ink',
  calm: 'bg-sunken text-ink',
  warn: 'bg-warn-soft text-warn-soft-ink',
}
type Said = { tone: keyof typeof LOOKS; what: string; next: string }

/** Whether the positions of the rider's phone app come in, and the way back to this page. */
export function PhoneAppLine({ state, session }: { state: RiderState; session: RiderSession }) {
  const say = useSay()
  const { tone, what, next } = phoneAppWords(state, say)
  return (
    <div
      data-testid="phone-app-line"
      data-tone={tone}
      className={`flex items-start gap-2.5 rounded-2xl px-3.5 py-3 text-sm ${LOOKS[tone]}`}
    >
      <Smartphone className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
      <div className="grid gap-2.5">
        <div className="tabular-nums">
          <p role="status" className="font-semibold">
            {what}
          </p>
          <p className="mt-0.5 text-pretty">{next}</p>
        </div>
        {!state.sharing && (
          <Button className="justify-self-start" onClick={() => session.takeOver()}>
            {say(WORDS.withPage)}
          </Button>
        )}
      </div>
    </div>
  )
}

function phoneAppWords({ sharing, newestAtMs, nowMs }: RiderState, say: Say): Said {
  if (sharing) return { tone: 'calm', what: say(WORDS.awaited), next: say(WORDS.until) }
  if (newestAtMs === null) return { tone: 'calm', what: say(WORDS.awaited), next: say(WORDS.none) }
  const ageMs = nowMs - newestAtMs
  const age = durationWords(ageMs, say)
  return ageMs > SILENT_AFTER_MS
    ? { tone: 'warn', what: say(WORDS.silent), next: say(WORDS.check, { age }) }
    : { tone: 'good', what: say(WORDS.reporting), next: say(WORDS.newest, { age }) }
}
