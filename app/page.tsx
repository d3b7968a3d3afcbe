import { connection } from 'next/server'
import { HomePage } from '#app/_home/home-page.tsx'
import { services } from '#server/delivery/services.ts'

export default async function Page() {
  // Per request: the services exist only in the running server, not at build time.
  await connection()
  const { publicConfig, demoScenarios, runningDeliveries } = services()
  if (!publicConfig.demo) return <HomePage demo={null} />
  return <HomePage demo={{ scenarios: demoScenarios, running: await runningDeliveries() }} />
}
