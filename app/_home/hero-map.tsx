import { Said } from '#app/_ui/said.tsx'
import { WORDS } from './words.ts'

/** A drawing of the customer's map. Not live: the real one is a click away. */
const WAY = 'M108 336 L101 298.5 L188.7 275.7 L174.1 199.5 L261.7 176.8 L247.1 100.6'
const STREETS =
  'M-20 330 L380 226 M-20 250 L380 146 M-20 170 L380 66 M-20 410 L380 306 M40 -20 L132 460 M132 -20 L224 460 M224 -20 L316 460 M316 -20 L400 400'
const LANES =
  'M-20 290 L380 186 M-20 210 L380 106 M-20 130 L380 26 M-20 370 L380 266 M86 -20 L178 460 M178 -20 L270 460 M270 -20 L362 460 M-6 -20 L86 460'

export function HeroMap() {
  return (
    <div
      aria-hidden="true"
      className="relative mx-auto aspect-[6/5] w-full overflow-hidden rounded-[32px] border border-line bg-sunken shadow-float md:aspect-[360/440] md:max-w-[360px]"
    >
      <svg
        viewBox="0 0 360 440"
        preserveAspectRatio="xMidYMid slice"
        className="size-full"
        aria-hidden="true"
      >
        <path d={LANES} stroke="var(--line)" strokeWidth="3" fill="none" opacity="0.7" />
        <path d={STREETS} stroke="var(--surface)" strokeWidth="11" fill="none" />
        <path d="M250 -10 Q300 40 380 30 L380 -10 Z" fill="var(--hero-water)" />
        <path d="M196 300 Q250 280 290 310 T270 372 Q220 380 200 350 Z" fill="var(--hero-park)" />
        <path d="M28 96 L96 80 L108 138 L40 154 Z" fill="var(--hero-park)" />
        <path d={WAY} className="hero-casing" />
        <path d={WAY} className="hero-way" />
        <path d={WAY} className="hero-trail" pathLength="100" />
        <circle cx="108" cy="336" r="9" fill="var(--primary)" stroke="var(--surface)" strokeWidth="4" />
        <circle cx="247.1" cy="100.6" r="9" fill="var(--accent)" stroke="var(--surface)" strokeWidth="4" />
        <g className="hero-rider">
          <circle r="22" fill="var(--accent)" opacity="0.18" />
          <circle r="15" fill="var(--accent)" stroke="#fff" strokeWidth="3.5" />
          <path d="M8 0 L-6 -6.5 L-3 0 L-6 6.5 Z" fill="#fff" />
        </g>
      </svg>
      <div className="absolute inset-x-4 bottom-4 rounded-2xl bg-surface px-4 py-3 shadow-float">
        <p className="text-xs font-medium text-muted">
          <Said text={WORDS.heroNow} />
        </p>
        <p className="flex flex-wrap items-baseline gap-x-2 wrap-anywhere">
          <span className="text-xl font-bold tracking-tight tabular-nums">
            <Said text={WORDS.heroClock} />
          </span>
          <span className="text-sm font-medium text-accent-soft-ink">
            <Said text={WORDS.heroLeft} />
          </span>
        </p>
      </div>
    </div>
  )
}
