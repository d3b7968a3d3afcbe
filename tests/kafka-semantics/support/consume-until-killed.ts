import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { atEnd } from '../../support/at-end.ts'
import { pollUntil } from '../../support/poll-until.ts'
import { BROKER_UNDER_TEST, SOON } from './client.ts'
import { READY_TO_DIE, type WayToCommit } from './ways-to-commit.ts'

const SCRIPT = fileURLToPath(new URL('dying-consumer.ts', import.meta.url))

/** Runs a consumer that commits in this way, kills it -9 where it asks for it, and answers what it had processed. */
export async function consumeUntilKilled(
  way: WayToCommit,
  { topic, groupId }: { topic: string; groupId: string },
): Promise<{ processed: number[] }> {
  const brokers = process.env[BROKER_UNDER_TEST] ?? ''
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, brokers, topic, groupId, way], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  const ended = once(child, 'exit')
  const killed = async () => {
    child.kill('SIGKILL')
    await ended
  }
  atEnd(killed)
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  await pollUntil(() => output.includes(READY_TO_DIE), {
    ...SOON,
    what: `${way}: the consumer to come so far`,
  })
  await killed()
  return { processed: [...output.matchAll(/^processed (\d+)$/gm)].map(([, offset]) => Number(offset)) }
}
