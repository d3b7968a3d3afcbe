import { connection } from 'next/server'
import { HomePage } from '#app/_home/home-page.tsx'
import { services } from '#server/delivery/services.ts'

export default async function Page() {
  // Per request: the services exist only in the running server, not at build time.
  await connection()
  const { publicConfig, demoScenarios, runningDeliveries } = services()
  if (!publicConfig.demo) return <HomePage demo={null} />
  const running = await runningDeliveries().catch(laterIsNull)
  return (
    <HomePage demo={{ scenarios: demoScenarios, running, nowMs: Date.now(), tiles: publicConfig.tiles }} />
  )
}

/** The page does without its list while the database is away; any other failure is a defect. */
function laterIsNull(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'log_unavailable') return null
  throw error
}
