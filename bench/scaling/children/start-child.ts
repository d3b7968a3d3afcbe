import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { atEnd } from '../../../tests/support/at-end.ts'
import type { Told } from './tell-cpu.ts'

export type Child = { ask(): Promise<Told>; begin(): void; stop(): Promise<void> }

/** A floor in a process of its own, so that its CPU time is its own. */
export function startChild(name: 'bare-consumer' | 'bare-emitter', args: (string | number)[]): Child {
  const child = fork(fileURLToPath(new URL(`./${name}.ts`, import.meta.url)), args.map(String), {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, KAFKAJS_NO_PARTITIONER_WARNING: '1' },
  })
  const exited = once(child, 'exit')
  const stop = async () => {
    if (child.connected) child.disconnect()
    await exited
  }
  atEnd(stop)
  return {
    async ask() {
      child.send('tell')
      const [told] = await once(child, 'message')
      return told as Told
    },
    begin: () => child.send('begin'),
    stop,
  }
}
