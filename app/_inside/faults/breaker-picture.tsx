'use client'
import type { Text } from '#app/_words/language.ts'
import { useSay } from '#app/_words/use-language.tsx'
import type { FaultsState } from '#contracts/inside/faults.ts'

type State = FaultsState['breaker']
type Name = State['state']

/** Upper left corners of the boxes; all lengths are units of the picture, 320 wide. */
const BOX = { width: 96, height: 44 }
const NODES: readonly { name: Name; x: number; y: number; words: Text; lit: string }[] = [
  {
    name: 'Closed',
    x: 4,
    y: 24,
    words: { en: 'lets all through', ko: '모두 통과' },
    lit: 'fill-accent text-accent-ink',
  },
  {
    name: 'Open',
    x: 220,
    y: 24,
    words: { en: 'refuses at once', ko: '바로 거절' },
    lit: 'fill-danger text-danger-ink',
  },
  {
    name: 'HalfOpen',
    x: 112,
    y: 142,
    words: { en: 'lets one ask', ko: '하나만 통과' },
    lit: 'fill-warn-soft text-warn-soft-ink',
  },
]
const ARROWS: readonly { from: Name; to: Name; path: string; at: [number, number]; words: Text }[] = [
  {
    from: 'Closed',
    to: 'Open',
    path: 'M 102 46 H 214',
    at: [158, 26],
    words: { en: 'failures in a row', ko: '연속 실패' },
  },
  {
    from: 'Open',
    to: 'HalfOpen',
    path: 'M 284 70 C 284 130 262 164 214 164',
    at: [297, 150],
    words: { en: 'answers', ko: '응답 옴' },
  },
  {
    from: 'HalfOpen',
    to: 'Open',
    path: 'M 172 140 C 178 108 202 88 236 73',
    at: [170, 100],
    words: { en: 'failed', ko: '실패' },
  },
  {
    from: 'HalfOpen',
    to: 'Closed',
    path: 'M 110 164 C 66 164 36 130 36 74',
    at: [27, 150],
    words: { en: 'worked', ko: '성공' },
  },
]

/** The breaker's three states with the current one highlighted, and the number of transitions. */
export function BreakerPicture({ state }: { state: State | null }) {
  const say = useSay()
  const times = (from: Name, to: Name) =>
    state?.transitions.find((each) => each.from === from && each.to === to)?.times ?? 0
  return (
    <svg
      viewBox="0 0 320 190"
      role="img"
      aria-label={say({
        en: 'Circuit breaker: {state}',
        ko: '서킷 브레이커: {state}',
        values: { state: state?.state ?? { en: 'not known yet', ko: '아직 모름' } },
      })}
      className="mx-auto w-full max-w-sm"
    >
      <defs>
        <marker
          id="breaker-arrow"
          viewBox="0 0 8 8"
          refX="6"
          refY="4"
          markerUnits="userSpaceOnUse"
          markerWidth="10"
          markerHeight="10"
          orient="auto"
        >
          <path d="M 0 0 L 8 4 L 0 8 z" className="fill-muted" />
        </marker>
      </defs>
      {ARROWS.map(({ from, to, path, at: [x, y], words }) => (
        // A new key remounts the arrow at each transition, which makes it flash.
        <g key={`${from} ${to} ${times(from, to)}`} data-arrow={`${from} ${to}`} data-times={times(from, to)}>
          <path
            d={path}
            fill="none"
            strokeWidth={1.5}
            markerEnd="url(#breaker-arrow)"
            className={`stroke-muted ${times(from, to) > 0 ? 'arrow-taken' : ''}`}
          />
          <text x={x} y={y} textAnchor="middle" fontSize={11} className="fill-muted font-medium">
            <tspan>{say(words)}</tspan>
            {times(from, to) > 0 && (
              <tspan x={x} dy={13} className="fill-ink font-semibold tabular-nums">
                {`${times(from, to)}×`}
              </tspan>
            )}
          </text>
        </g>
      ))}
      {NODES.map(({ name, x, y, words, lit }) => {
        const isLit = state?.state === name
        return (
          <g key={name} className={isLit ? lit : 'fill-sunken text-muted'}>
            <rect
              {...BOX}
              x={x}
              y={y}
              rx={14}
              className="stroke-line transition-[fill] duration-300"
              strokeWidth={isLit ? 0 : 1}
            />
            <text
              x={x + BOX.width / 2}
              y={y + 20}
              textAnchor="middle"
              fill="currentColor"
              fontSize={13}
              className="font-bold"
            >
              {name}
            </text>
            <text x={x + BOX.width / 2} y={y + 34} textAnchor="middle" fill="currentColor" fontSize={11}>
              {say(words)}
            </text>
          </g>
        )
      })}
    </svg>
  )
}
