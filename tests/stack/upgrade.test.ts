import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { startTraffic, UNLIMITED } from '../faults/support/traffic.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { atEnd } from '../support/at-end.ts'
import { startBundledBroker } from '../support/bundled-broker.ts'
import { freshDatabase, startPostgres } from '../support/postgres.ts'

/** The folder of the version before, built there. */
const FROM = process.env.UPGRADE_FROM
if (!FROM)
  console.warn(
    '\n*** The upgrade under load is SKIPPED: UPGRADE_FROM names no folder in which the version before is built (git worktree add, npm run build) ***\n',
  )

test.runIf(FROM)(
  '[BACK3] from the version before to this one, instance after instance, under load: no post fails, nothing is lost or doubled; and no way back',
  async () => {
    const postgres = await startPostgres()
    atEnd(postgres.stop)
    const settings = {
      KAFKA_BROKERS: (await startBundledBroker()).address,
      DATABASE_URL: (await freshDatabase(postgres.url)).url,
      TOKEN_SECRET: 'the same for all instances, so that links open on each',
      ...UNLIMITED,
    }
    const start = (version: 'before' | 'this', INSTANCE_ID: string) =>
      startApp({
        env: { ...settings, INSTANCE_ID },
        ...(version === 'before' ? { root: resolve(FROM as string) } : {}),
      })
    const serving = new Map<string, RunningApp>()
    for (const name of ['one', 'two']) serving.set(name, await start('before', name))
    const traffic = await startTraffic({
      urls: () => [...serving.values()].map(({ url }) => url),
      rides: 6,
      followersEach: 1,
      everyMs: 200,
    })
    await traffic.flows(100)
    for (const name of ['one', 'two']) {
      // The new one migrates the database under those of before, which go on with it.
      const fresh = await start('this', `${name}-anew`)
      await traffic.flows(100)
      const old = serving.get(name)
      serving.delete(name)
      serving.set(`${name}-anew`, fresh)
      await old?.stop()
      await traffic.flows(100)
    }
    await traffic.recovered()
    const answers = Object.fromEntries(
      [202, 503, 500, 'none' as const].map((status) => [status, traffic.answered(status)]),
    )
    console.log(`BACK3: ${JSON.stringify({ ...(await traffic.settle()), answers })}`)
    expect(answers).toMatchObject({ 503: 0, 500: 0, none: 0 })

    await expect(start('before', 'three')).rejects.toThrow('was used by a newer version of Rider Live')
  },
)
