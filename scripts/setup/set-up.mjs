import { passSignalsOn } from '../child.mjs'
import { runStep, skipStep } from '../run-step.mjs'
import { withSetUpLock } from './lock.mjs'
import { packages } from './packages.mjs'
import { pages } from './pages.mjs'
import { prismaClient } from './prisma-client.mjs'
import { serverBundle } from './server-bundle.mjs'

/** Enough to check types and run from source; then also to serve. */
export const forSources = [packages, prismaClient]
export const forServer = [...forSources, serverBundle]
export const toServe = [pages, serverBundle]
export const forProduction = [...forSources, ...toServe]

/** Does what is not done yet, in order. Safe to call at any time, from any number of processes. */
export async function setUp(steps) {
  if (steps.every((step) => step.isDone())) return skipStep('Set-up')
  const stopPassing = passSignalsOn()
  await withSetUpLock(async () => {
    for (const step of steps) {
      if (step.isDone()) skipStep(step.title)
      else await runStep(step.doing ?? step.title, step.run)
    }
  })
  stopPassing()
}

/** The same while something else runs and shows how far it is: what is done is said before and after. */
export async function setUpBeside(steps, work) {
  const missing = steps.filter((step) => !step.isDone())
  if (missing.length === 0) return await work()
  const title = missing.map((step) => step.title).join(', ')
  console.log(`… Beside what follows: ${title}`)
  const startedMs = performance.now()
  let tookS = 0
  const made = withSetUpLock(async () => {
    for (const step of missing) if (!step.isDone()) await step.run()
    tookS = (performance.now() - startedMs) / 1_000
  })
  // Thrown below, after the work.
  made.catch(() => {})
  const result = await work()
  await made
  console.log(`✓ ${title} (${tookS.toFixed(1)} s)`)
  return result
}
