import { CloudOff } from 'lucide-react'
import { useSay } from '#app/_words/use-language.tsx'
import type { RiderState } from '../ride/rider-state.ts'
import { sendingWords } from './sending-words.ts'

/** Why positions do not get through, and that none is lost. Screen readers announce the reason, not each second. */
export function SendingNotice({ state }: { state: RiderState }) {
  const words = sendingWords(state, useSay())
  return (
    <div
      data-testid="sending-notice"
      className={
        words
          ? 'flex items-start gap-2.5 rounded-2xl bg-warn-soft px-3.5 py-3 text-sm text-warn-soft-ink'
          : 'hidden'
      }
    >
      <CloudOff className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
      <div className="tabular-nums">
        <p role="status" className="font-semibold">
          {words?.why}
        </p>
        <p className="mt-0.5 text-pretty">{words?.kept}</p>
      </div>
    </div>
  )
}
