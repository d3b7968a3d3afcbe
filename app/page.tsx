import { connection } from 'next/server'
import { services } from '#server/services.ts'
import { HeroMap } from './_home/hero-map.tsx'
import { HowItWorks } from './_home/how-it-works.tsx'
import { RunningDeliveries } from './_home/running-deliveries.tsx'
import { StartDemo } from './_home/start-demo.tsx'
import { Logo } from './_ui/logo.tsx'

export default async function HomePage() {
  // Per request: the services exist only in the running server, not at build time.
  await connection()
  const { publicConfig, demoScenarios, runningDeliveries } = services()
  const running = publicConfig.demo ? await runningDeliveries() : []
  return (
    <main className="mx-auto max-w-5xl px-5 pt-5 pb-16 sm:px-8">
      <header className="flex min-h-11 items-center">
        <Logo />
      </header>
      <div className="mt-8 grid items-center gap-10 md:mt-12 md:grid-cols-[1fr_minmax(280px,360px)]">
        <div>
          <h1 className="text-[40px] leading-[1.05] font-bold tracking-tight text-balance sm:text-6xl">
            Watch your rider come, live.
          </h1>
          <p className="mt-4 max-w-xl text-lg text-pretty text-muted sm:text-xl">
            A rider reports a position every few seconds; you see it glide over your map. Every step in
            between is the real one.
          </p>
          <div className="mt-8">
            {publicConfig.demo ? <StartDemo scenarios={demoScenarios} /> : <ByDispatch />}
          </div>
        </div>
        <HeroMap />
      </div>
      {publicConfig.demo && <RunningDeliveries deliveries={running} />}
      <HowItWorks />
    </main>
  )
}

function ByDispatch() {
  return (
    <p className="max-w-xl rounded-3xl border border-line bg-surface p-6 text-[17px] text-muted">
      Deliveries are created by dispatch here. If you are waiting for one, open the link that was sent to you;
      if you are a rider, open yours.
    </p>
  )
}
