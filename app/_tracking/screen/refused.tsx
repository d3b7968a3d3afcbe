import { Link2Off, PackageCheck } from 'lucide-react'
import { Notice } from '#app/_ui/notice.tsx'
import type { ProblemCode } from '#contracts/problem.ts'
import type { LinkFault } from '../state/tracking-state.ts'
import { faultWords } from './delivery-words.ts'

/** The link does not work, or no longer. Says what to do, not what a token is. */
export function Refused({ code, fault }: { code: ProblemCode; fault: LinkFault }) {
  if (code === 'delivery_ended')
    return (
      <Notice icon={PackageCheck} title="This delivery has ended" testId="track-refused">
        <p>There is nothing left to follow here. The rider’s location is no longer shared.</p>
      </Notice>
    )
  const { title, detail } = faultWords(fault)
  return (
    <Notice icon={Link2Off} title={title} testId="track-refused">
      <p>{detail}</p>
      {fault === 'unknown' && (
        <p className="mt-3 text-sm">
          <span>Reason:&nbsp;</span>
          <code data-testid="refusal-code">{code}</code>
        </p>
      )}
    </Notice>
  )
}
