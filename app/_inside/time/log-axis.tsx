'use client'
import { useSay } from '#app/_words/use-language.tsx'
import type { LogEdges, LogPoint } from '#contracts/inside/time.ts'

type Props = { from: number; edges: LogEdges; points: readonly LogPoint[]; cursor: number }

/** The partition from left to right: deleted and present records, the delivery's own, and the history's position. */
export function LogAxis({ from, edges, points, cursor }: Props) {
  const say = useSay()
  const { low, high, committed } = edges
  const span = Math.max(1, high - from)
  const at = (offset: number) => (Math.min(Math.max(offset - from, 0), span) / span) * 100
  return (
    // Inset at both ends by half of the slider's thumb.
    <div className="relative mx-3 h-16" aria-hidden="true">
      <div className="absolute inset-x-0 top-5 h-6 overflow-hidden rounded-md bg-line">
        <div className="log-gone absolute inset-y-0 left-0" style={{ width: `${at(low)}%` }} />
        <svg className="absolute inset-0 size-full" preserveAspectRatio="none" viewBox="0 0 100 10">
          <title>{say({ en: 'Records of this delivery', ko: '이 배달의 레코드' })}</title>
          <path
            d={points.map(({ offset }) => `M${at(offset).toFixed(2)} 2V8`).join('')}
            className="stroke-accent"
            strokeWidth={1.5}
            vectorEffect="non-scaling-stroke"
          />
        </svg>
      </div>
      <Mark at={at(low)} className="top-5 h-6 border-danger" />
      {committed !== null && (
        <Mark at={at(committed)} className="top-3 h-10 border-info-soft-ink border-dashed" />
      )}
      <Mark at={at(cursor)} className="top-2 h-12 border-ink" />
      <Label at={at(low)} className="top-0 text-danger">
        {say({ en: 'retention', ko: '보존 한계' })}
      </Label>
      {committed !== null && (
        <Label at={at(committed)} className="top-12 text-info-soft-ink">
          history
        </Label>
      )}
    </div>
  )
}

function Mark({ at, className }: { at: number; className: string }) {
  return <div className={`absolute -ml-px border-l-2 ${className}`} style={{ left: `${at}%` }} />
}

/** Kept inside at both ends. */
function Label({ at, className, children }: { at: number; className: string; children: string }) {
  return (
    <div
      className={`absolute text-xs font-semibold whitespace-nowrap ${className}`}
      style={{ left: `${at}%`, transform: `translateX(-${at}%)` }}
    >
      {children}
    </div>
  )
}
