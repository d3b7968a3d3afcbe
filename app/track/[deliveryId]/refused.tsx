import { Link2Off, PackageCheck } from 'lucide-react'
import type { ProblemCode } from '#contracts/problem.ts'
import { Notice } from '../../_ui/notice.tsx'

/** The link does not open anything (any more). Says what to do, not what a token is. */
export function Refused({ code }: { code: ProblemCode }) {
  if (code === 'delivery_ended')
    return (
      <Notice icon={PackageCheck} title="This delivery has ended" testId="track-refused">
        <p>There is nothing left to follow here. The rider’s location is no longer shared.</p>
      </Notice>
    )
  return (
    <Notice icon={Link2Off} title="This link does not work" testId="track-refused">
      <p>
        It may have expired, or a part of it was lost on the way. Please open it once more exactly as it was
        sent to you, or ask for a new one.
      </p>
      <p className="mt-3 text-sm">
        Reason: <code data-testid="refusal-code">{code}</code>
      </p>
    </Notice>
  )
}
