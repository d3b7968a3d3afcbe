import { inject } from 'vitest'
import type { CommonApp, Provided } from './provide-common-apps.ts'

export type { CommonApp } from './provide-common-apps.ts'

type ServiceApp = CommonApp & { dispatchToken: string }

/**
 * Apps that all files of a run share; provide-common-apps.ts starts each when it is first asked for. A start costs more of
 * the processor than most files' tests. They are for tests that look only at what they made themselves. A file starts an app
 * of its own (app.ts) that
 * - needs a setting which these do not have, or the default limits,
 * - stops, kills, freezes or breaks anything, or deletes records,
 * - counts from zero: metrics, rooms, visitors, connections, what is printed.
 */
async function common(name: string): Promise<ServiceApp[]> {
  const answer = await fetch(`${inject('commonApps')}/${name}`)
  if (!answer.ok) throw new Error(await answer.text())
  const provided = (await answer.json()) as Provided[]
  return provided.map(({ prefix, ...app }) => ({ ...app, inKafka: (topic) => prefix + topic }))
}

/** In the demo. */
export const commonDemo = async (): Promise<CommonApp> => (await common('demo'))[0] as CommonApp

/** Two instances in the demo, with one log and one database. */
export async function commonPair(): Promise<[CommonApp, CommonApp]> {
  const [first, second] = await common('pair')
  return [first as CommonApp, second as CommonApp]
}

/** Outside the demo. */
export const commonService = async () => (await common('service'))[0] as ServiceApp
