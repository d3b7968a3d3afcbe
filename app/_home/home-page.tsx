import type { Tiles } from '#app/_map/background.tsx'
import { LanguageSwitch } from '#app/_ui/language-switch.tsx'
import { Logo } from '#app/_ui/logo.tsx'
import { Said } from '#app/_ui/said.tsx'
import type { CreateDeliveryAnswer } from '#contracts/http.ts'
import { Anywhere } from './anywhere/anywhere.tsx'
import { HeroMap } from './hero-map.tsx'
import { HowItWorks } from './how-it-works.tsx'
import { RunningDeliveries } from './running-deliveries.tsx'
import { type Scenario, StartDemo } from './start-demo.tsx'
import { WORDS } from './words.ts'

/** What the demo offers to try; null where dispatch creates the deliveries. */
type Demo = {
  scenarios: readonly Scenario[]
  running: CreateDeliveryAnswer[] | null
  nowMs: number
  tiles: Tiles
}

export function HomePage({ demo }: { demo: Demo | null }) {
  return (
    <main className="mx-auto max-w-5xl px-5 pt-5 pb-16 sm:px-8">
      <header className="flex min-h-11 flex-wrap items-center justify-between">
        <Logo />
        <LanguageSwitch />
      </header>
      <div className="mt-8 grid grid-cols-[minmax(0,1fr)] items-center gap-10 md:mt-12 md:grid-cols-[1fr_minmax(280px,360px)]">
        <div>
          <h1 className="text-[min(2.5rem,13vw)] leading-[1.05] font-bold tracking-tight text-balance break-words sm:text-6xl">
            <Said text={WORDS.title} />
          </h1>
          <p className="mt-4 max-w-xl text-lg text-pretty text-muted sm:text-xl">
            <Said text={WORDS.about} />
          </p>
          <div className="mt-8">{demo ? <StartDemo scenarios={demo.scenarios} /> : <ByDispatch />}</div>
        </div>
        <HeroMap />
      </div>
      {demo && <Anywhere tiles={demo.tiles} />}
      {demo && <RunningDeliveries deliveries={demo.running} nowMs={demo.nowMs} />}
      <HowItWorks />
    </main>
  )
}

function ByDispatch() {
  return (
    <p className="max-w-xl rounded-3xl border border-line bg-surface p-6 text-lead text-muted">
      <Said text={WORDS.byDispatch} />
    </p>
  )
}
