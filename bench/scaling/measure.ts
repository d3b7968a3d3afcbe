import { measureCustomers, measureDelays, measureMemory, type PushDelay } from './measure-customers.ts'
import { measureLog } from './measure-log.ts'
import { bytesPerRow, kbRemembered } from './sizes.ts'
import { openWorkbench, type Samples } from './workbench.ts'

export type Measured = { samples: Samples; delays: PushDelay[] }

/** The real app, two instances, on a broker and a PostgreSQL of their own; all costs are CPU time of the app's process. */
export async function measure(rounds: number, rates: readonly number[]): Promise<Measured> {
  const bench = await openWorkbench()
  for (let round = 1; round <= rounds; round += 1) {
    const started = performance.now()
    await measureLog(bench)
    await measureCustomers(bench)
    bench.add('rememberedKb', kbRemembered())
    console.log(`round ${round} of ${rounds}: ${((performance.now() - started) / 1_000).toFixed(0)} s`)
  }
  const delays = await measureDelays(bench, rates)
  await measureMemory(bench)
  bench.add('rowBytes', await bytesPerRow(bench.databaseUrl))
  return { samples: bench.samples, delays }
}
