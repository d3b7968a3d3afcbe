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
export const forProduction = [...forSources, pages, serverBundle]

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
