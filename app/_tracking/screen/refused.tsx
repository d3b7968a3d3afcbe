import { Link2Off, PackageCheck } from 'lucide-react'
import { Notice } from '#app/_ui/notice.tsx'
import { OpenAgain } from '#app/_ui/open-again.tsx'
import { useSay } from '#app/_words/use-language.tsx'
import type { ProblemCode } from '#contracts/problem.ts'
import type { LinkFault } from '../state/tracking-state.ts'
import { refusalWords } from './delivery-words.ts'
import { WORDS } from './words.ts'

/** The link does not work, or no longer. Says what to do, not what a token is. */
export function Refused({ code, fault }: { code: ProblemCode; fault: LinkFault }) {
  const say = useSay()
  const { title, detail } = refusalWords(code, fault)
  const hasEnded = code === 'delivery_ended'
  return (
    <Notice
      icon={hasEnded ? PackageCheck : Link2Off}
      title={say(title)}
      testId="track-refused"
      action={hasEnded ? undefined : <OpenAgain />}
    >
      <p>{say(detail)}</p>
      {!hasEnded && fault === 'unknown' && (
        <p className="mt-3 text-sm">
          <span className="mr-1">{say(WORDS.reason)}</span>
          <code data-testid="refusal-code">{code}</code>
        </p>
      )}
    </Notice>
  )
}
